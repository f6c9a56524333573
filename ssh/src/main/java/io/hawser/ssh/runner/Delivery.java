package io.hawser.ssh.runner;

import io.hawser.ssh.OutputListener;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Tells a listener of a command's lines, on a thread of its own: a listener that takes its time
 * delays neither the other commands of the connection nor the limits of its own.
 */
final class Delivery {
  private final SpillQueue queue = new SpillQueue();
  private final LineSplitter out;
  private final LineSplitter err;
  private final Future<Boolean> work;

  Delivery(OutputListener listener, Workers workers) {
    IsolatedListener isolated = new IsolatedListener(listener);
    this.out = new LineSplitter(isolated, false);
    this.err = new LineSplitter(isolated, true);
    this.work = workers.start(this::tellAll);
  }

  /** Adds output; called by the thread that reads for the whole connection. */
  void put(byte[] bytes, int offset, int length, boolean error) {
    queue.put(bytes, offset, length, error);
  }

  private boolean tellAll() throws InterruptedException {
    try {
      for (SpillQueue.Piece piece = queue.take(); piece != null; piece = queue.take()) {
        (piece.error ? err : out).add(piece.bytes);
      }
      out.finish();
      err.finish();
      return true;
    } catch (OutputRefusedException e) {
      queue.close(); // what still comes is kept by nobody
      throw e;
    }
  }

  /**
   * Does nothing while the listener wants to hear more.
   *
   * @throws OutputRefusedException if it does not
   */
  void failWhenRefused() throws InterruptedException {
    if (work.isDone()) {
      awaitListener();
    }
  }

  /** Waits until the listener has heard everything. */
  void finish() throws InterruptedException {
    queue.end();
    awaitListener();
  }

  private void awaitListener() throws InterruptedException {
    try {
      work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutputRefusedException refused) {
        throw refused;
      }
      // Only what a JVM cannot go on from is let through by the isolated listener.
      throw new IllegalStateException("telling a listener failed", e.getCause());
    }
  }

  /** The listener hears no more; a call of it that is under way is interrupted. */
  void abandon() {
    queue.close();
    work.cancel(true);
  }
}

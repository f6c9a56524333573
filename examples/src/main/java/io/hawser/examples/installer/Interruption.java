package io.hawser.examples.installer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C (SIGINT) and SIGTERM end work on hosts in order until {@link #end}: the working
 * thread is interrupted, tells the hosts to stop and closes its connections; only then the JVM
 * ends, with status 130 or 143. At other times the JVM ends at once.
 */
final class Interruption {
  /**
   * The library stops within five seconds; a host that does not answer any more may take longer.
   */
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Thread worker) {
    hook = new Thread(() -> interrupt(worker), "hawser-interruption");
  }

  /** Starts to watch on behalf of the calling thread. */
  static Interruption ofThisThread() {
    Interruption watched = new Interruption(Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(watched.hook);
    return watched;
  }

  private void interrupt(Thread worker) {
    worker.interrupt();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The work has ended, and all is said about it. */
  void end() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }
}

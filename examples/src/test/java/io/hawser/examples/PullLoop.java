package io.hawser.examples;

import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.PullClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Nodes that pull an image again and again, each on a thread of its own. */
final class PullLoop implements AutoCloseable {
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger pulls = new AtomicInteger();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Semaphore finished = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();

  PullLoop(EmbeddedHosts hosts, String reference, int... nodes) {
    for (int node : nodes) {
      PullClient client = hosts.pullClient(node);
      Thread thread = new Thread(() -> loop(client, reference), "pulls on node " + node);
      threads.add(thread);
      thread.start();
    }
  }

  private void loop(PullClient client, String reference) {
    while (!over.get()) {
      try {
        client.pull(reference);
      } catch (RuntimeException e) {
        failures.add(e.toString());
      }
      pulls.incrementAndGet();
      finished.release();
      // The others need the processors too.
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Waits until so many more pulls have ended. */
  void awaitMore(int count) throws InterruptedException {
    finished.drainPermits();
    if (!finished.tryAcquire(count, 60, TimeUnit.SECONDS)) {
      throw new AssertionError("fewer than " + count + " pulls in 60 s");
    }
  }

  int pulls() {
    return pulls.get();
  }

  List<String> failures() {
    return failures;
  }

  /** Ends the loops and waits for the pulls that are under way. */
  void end() throws InterruptedException {
    over.set(true);
    for (Thread thread : threads) {
      thread.join(60_000);
      if (thread.isAlive()) {
        throw new AssertionError(thread.getName() + " did not end within 60 s");
      }
    }
  }

  @Override
  public void close() {
    over.set(true);
  }
}

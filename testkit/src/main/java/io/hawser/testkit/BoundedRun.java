package io.hawser.testkit;

import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.Distribution;
import io.hawser.report.Report;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A distributor at work on a thread of its own, for no longer than a bound. */
final class BoundedRun {
  private static final long MOST_SECONDS = 120;

  private final FutureTask<Report> task;
  private final Thread thread;

  BoundedRun(ArtifactDistributor distributor, Distribution job) {
    task = new FutureTask<>(() -> distributor.distribute(job));
    thread = new Thread(task, "hawser-conformance");
    thread.setDaemon(true);
    thread.start();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** What it reports. */
  Report report() throws InterruptedException {
    try {
      return end(MOST_SECONDS);
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      throw Breach.of(DistributorRule.FAILING_HOST, "a report", String.valueOf(thrown))
          .because(thrown);
    } catch (TimeoutException e) {
      thread.interrupt();
      String found = "still at work after " + MOST_SECONDS + " s";
      throw Breach.of(DistributorRule.DEADLINE, "an end", found).because(e);
    }
  }

  /**
   * Waits for the end.
   *
   * @throws ExecutionException with what it threw
   */
  Report end(long seconds) throws ExecutionException, TimeoutException, InterruptedException {
    return task.get(seconds, TimeUnit.SECONDS);
  }
}

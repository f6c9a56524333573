package io.hawser.registry;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ChangeResult;
import io.hawser.host.TreeChange;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.time.Duration;
import java.util.List;

/** Sends the whole tree to each host as one change. */
final class DirectDistributor implements ArtifactDistributor {
  private final int width;

  DirectDistributor(int width) {
    this.width = width;
  }

  @Override
  public Report distribute(Distribution job) {
    return Report.of(
        FanOut.map(
            job.targets(),
            width,
            host -> {
              HostResult result = timed(job, host);
              job.listener().onHost(result);
              return result;
            }));
  }

  private static HostResult timed(Distribution job, Host host) {
    long start = System.nanoTime();
    return fill(job, host).took(Duration.ofNanos(System.nanoTime() - start));
  }

  private static HostResult fill(Distribution job, Host host) {
    if (job.left().isNegative() || job.left().isZero()) {
      return TargetRow.tooLate(host);
    }
    try {
      TreeChange change = new TreeChange(job.directory(), job.content().tree());
      List<ChangeResult> results = job.access(host).apply(Distribution.OWNER, List.of(change));
      return results.isEmpty() ? TargetRow.silent(host) : TargetRow.of(job, host, results.get(0));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      // One host must not hide what came of the others, whatever it threw.
      return TargetRow.failed(host, String.valueOf(e.getMessage()));
    }
  }
}

package io.hawser.registry;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ChangeResult;
import io.hawser.host.TreeChange;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

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
      return failed(host, "the time for distributing was over before this host's turn");
    }
    try {
      TreeChange change = new TreeChange(job.directory(), job.content().tree());
      List<ChangeResult> results = job.access(host).apply(Distribution.OWNER, List.of(change));
      return results.isEmpty()
          ? failed(host, "nothing was done, and the host did not say why")
          : result(job, host, results.get(0));
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      // One host must not hide what came of the others, whatever it threw.
      return failed(host, String.valueOf(e.getMessage()));
    }
  }

  private static HostResult result(Distribution job, Host host, ChangeResult change) {
    String what =
        String.format(
            Locale.ROOT,
            "%d files, %d bytes in %s",
            job.content().files(),
            job.content().bytes(),
            job.directory());
    return switch (change.outcome()) {
      case SAME -> HostResult.of(host.address(), Distribution.STEP, Status.OK, what);
      case CHANGED -> HostResult.of(host.address(), Distribution.STEP, Status.CHANGED, what);
      case FAILED, KEPT -> failed(host, change.message());
    };
  }

  private static HostResult failed(Host host, String why) {
    return HostResult.of(
            host.address(),
            Distribution.STEP,
            Status.FAILED,
            "the artifacts were not brought to the host: " + why)
        .advice(null, "run again: what the host has already is not sent twice");
  }
}

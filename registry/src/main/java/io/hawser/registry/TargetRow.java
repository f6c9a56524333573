package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.Locale;

/** What is reported of a host that artifacts were to be brought to. */
final class TargetRow {
  private TargetRow() {}

  static HostResult of(Distribution job, Host host, ChangeResult change) {
    String what =
        String.format(
            Locale.ROOT,
            "%d files, %d bytes in %s",
            job.content().files(),
            job.content().bytes(),
            job.directory());
    HostResult row =
        switch (change.outcome()) {
          case SAME -> HostResult.of(host.address(), Distribution.STEP, Status.OK, what);
          case CHANGED -> HostResult.of(host.address(), Distribution.STEP, Status.CHANGED, what);
          case FAILED, KEPT -> failed(host, change.message());
        };
    return row.transfers(change.transfers());
  }

  static HostResult tooLate(Host host) {
    return failed(host, "the time for distributing was over before this host's turn");
  }

  static HostResult silent(Host host) {
    return failed(host, "nothing was done, and the host did not say why");
  }

  static HostResult failed(Host host, String why) {
    return HostResult.of(
            host.address(),
            Distribution.STEP,
            Status.FAILED,
            "the artifacts were not brought to the host: " + why)
        .advice(null, "run again: what the host has already is not sent twice");
  }
}

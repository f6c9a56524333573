package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Audits replicas and asks them from every host that may pull. */
final class Verification {
  private final Registries registries;
  private final ReplicaAudits audits;
  private final Function<Host, HostAccess> access;

  Verification(Registries registries, ReplicaAudits audits, Function<Host, HostAccess> access) {
    this.registries = registries;
    this.audits = audits;
    this.access = access;
  }

  Report ofAll(List<Host> hosts) {
    List<Host> replicas = registries.replicas();
    List<HostResult> rows = new ArrayList<>(audits.all(access, replicas).report().results());
    for (Host replica : replicas) {
      rows.addAll(FanOut.map(hosts, FanOut.DEFAULT_WIDTH, node -> asked(replica, node)));
    }
    return Report.of(rows);
  }

  /** The time of a good row is how long the node waited, without our way to the node. */
  private HostResult asked(Host replica, Host node) {
    String step = PullMatrix.STEP + replica.address();
    Duration[] waited = {Duration.ZERO};
    HostResult row =
        HostStep.run(
            node.address(),
            step,
            () -> {
              HostResult answer = registries.readyFor(access.apply(node), replica);
              waited[0] = answer.took();
              return HostResult.of(node.address(), step, answer.status(), answer.message())
                  .details(answer.details());
            });
    return row.status() == Status.OK ? row.took(waited[0]) : row;
  }
}

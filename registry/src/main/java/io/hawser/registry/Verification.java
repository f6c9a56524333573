package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Audits replicas and asks them from every host that may pull. */
final class Verification {
  private final Registries registries;
  private final ReplicaAudits audits;
  private final ReplicaProbe once;
  private final Function<Host, HostAccess> access;

  Verification(
      Registries registries,
      ReplicaAudits audits,
      ReplicaProbe once,
      Function<Host, HostAccess> access) {
    this.registries = registries;
    this.audits = audits;
    this.once = once;
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

  private HostResult asked(Host replica, Host node) {
    String step = "pull from " + replica.address();
    return HostStep.run(
        node.address(),
        step,
        () -> {
          RegistrySettings own = registries.settings(replica);
          HostResult answer =
              once.ask(
                  node.address(),
                  access.apply(node)::probe,
                  Endpoints.of(replica, own).url(),
                  own,
                  registries.content().known(),
                  "");
          return HostResult.of(node.address(), step, answer.status(), answer.message())
              .details(answer.details());
        });
  }
}

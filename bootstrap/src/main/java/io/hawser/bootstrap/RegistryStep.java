package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.function.Function;

/** A step on a registry host that proves something and changes nothing. */
record RegistryStep(String name, Registries registries, Proof proof) implements Step {
  /** Asks one registry host, and perhaps others. */
  interface Proof {
    HostResult of(Host replica, Function<? super Host, HostAccess> access);
  }

  @Override
  public boolean appliesTo(Host host) {
    return registries.replicas().contains(host);
  }

  @Override
  public List<HostChange> changes(HostAccess access, NodeFacts facts) {
    return List.of();
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(
        hosts,
        host -> HostStep.run(host.address(), name, () -> strict(proof.of(host, reach::access))));
  }

  /** What could not be checked is not proven. */
  static HostResult strict(HostResult result) {
    return result.status() != Status.NOT_CHECKED
        ? result
        : HostResult.of(result.host(), result.step(), Status.FAILED, result.message())
            .details(result.details())
            .advice(result.field(), result.hint());
  }
}

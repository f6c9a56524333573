package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;

/** Whether the strategy can do all that it does on the node as it is. */
record EndpointsCheck(Registries registries) implements PreflightCheck {
  @Override
  public String name() {
    return "endpoints";
  }

  @Override
  public boolean appliesTo(Host host) {
    return true;
  }

  @Override
  public HostResult check(HostAccess access, NodeFacts facts) {
    String address = access.host().address();
    return registries
        .endpointShortfall(access.host(), facts)
        .map(shortfall -> HostResult.of(address, name(), Status.WARNING, shortfall))
        .orElseGet(() -> HostResult.of(address, name(), Status.OK, "everything can be done"));
  }
}

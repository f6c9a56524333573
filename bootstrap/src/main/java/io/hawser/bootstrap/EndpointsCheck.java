package io.hawser.bootstrap;

import io.hawser.registry.Registries;

/** Whether the strategy can do all that it does on the node as it is. */
record EndpointsCheck(Registries registries) implements Inspection {
  @Override
  public Finding inspect(InspectedHost host) {
    return registries
        .endpointShortfall(host.host(), host.facts())
        .map(
            shortfall ->
                Finding.warning(shortfall)
                    .advice(null, "install what is missing, or use another endpoint strategy"))
        .orElseGet(() -> Finding.ok("everything can be done"));
  }
}

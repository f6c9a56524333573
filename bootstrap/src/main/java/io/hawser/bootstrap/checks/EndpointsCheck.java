package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.registry.Registries;

/** Whether the strategy can do all that it does on the node as it is. */
record EndpointsCheck(Registries registries) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    return registries
        .endpointShortfall(host.host(), host.facts())
        .map(
            shortfall ->
                Finding.warning(shortfall)
                    .advice(null, "install what is missing, or use another endpoint strategy"))
        .orElseGet(() -> Finding.ok("everything can be done"));
  }
}

package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the host reaches the registry port of every other host that will have a registry. Nobody
 * has to listen there yet: a host that says so was reached. A firewall that answers in its place
 * (REJECT with a reset) looks the same, and is found when the registries are proven.
 */
record PeersCheck(Registries registries) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    List<String> lost = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    int reached = 0;
    for (Host replica : registries.replicas()) {
      if (replica.equals(host.host())) {
        continue;
      }
      String peer = replica.address() + "/" + registries.settings(replica).port();
      String answer = host.facts().get("peer." + peer);
      String shown = replica.address() + " port " + registries.settings(replica).port();
      switch (answer.split(" ", 2)[0]) {
        case "open", "refused" -> reached++;
        case "silent", "failed" -> {
          String why = answer.equals("silent") ? "does not answer" : answer;
          boolean down = host.isKnownToBeDown(replica);
          (down ? unknown : lost)
              .add(shown + " " + why + (down ? ", nor is its host reached" : ""));
        }
        case "unchecked" ->
            unknown.add(shown + ": " + answer.substring("unchecked".length()).strip());
        default -> {
          return host.untold("whether it reaches " + shown);
        }
      }
    }
    if (!lost.isEmpty()) {
      return Finding.failed(String.join("; ", lost))
          .advice(
              "spec.env registryPort",
              "open the port between the hosts: is there a firewall or a security group?");
    }
    return unknown.isEmpty()
        ? Finding.ok(reached + " reached")
        : Finding.notChecked(String.join("; ", unknown));
  }
}

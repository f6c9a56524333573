package io.hawser.bootstrap.checks;

import com.google.common.collect.ImmutableMap;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether no other host has the same name or machine-id, as copies of one disk do. Hosts below a
 * root share those of their machine.
 */
final class IdentityCheck implements Question {
  private static final Map<String, String> FACTS =
      ImmutableMap.of("hostname", "host name", "machine", "machine-id");

  @Override
  public Finding inspect(ReachedHost host) {
    if (!host.isWholeMachine()) {
      return Finding.ok("the host lies below a root of its machine");
    }
    List<String> problems = new ArrayList<>();
    List<String> untold = new ArrayList<>();
    FACTS.forEach(
        (fact, name) -> {
          String own = host.facts().get(fact);
          List<String> same = same(host, fact, own);
          if (own.isEmpty()) {
            untold.add(name);
          } else if (!same.isEmpty()) {
            problems.add("the " + name + " " + own + " is also that of " + String.join(", ", same));
          }
        });
    if (problems.isEmpty() && !untold.isEmpty()) {
      return host.untold("its " + String.join(" and ", untold));
    }
    return problems.isEmpty()
        ? Finding.ok(host.facts().get("hostname"))
        : Finding.failed(String.join("; ", problems))
            .advice(
                null,
                "give each host a name and a machine-id of its own (hostnamectl set-hostname; rm"
                    + " /etc/machine-id, then systemd-machine-id-setup)");
  }

  private static List<String> same(ReachedHost host, String fact, String own) {
    return host.all().entrySet().stream()
        .filter(entry -> entry.getKey().root().equals("/"))
        .filter(entry -> !entry.getKey().equals(host.host()))
        .filter(entry -> entry.getValue().get(fact).equals(own))
        .map(Map.Entry::getKey)
        .map(Host::address)
        .toList();
  }
}

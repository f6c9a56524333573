package io.hawser.bootstrap.checks;

import io.hawser.Secret;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Host;
import io.hawser.registry.Registries;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a line of the hosts file gives the registry's name to a stranger. */
record HostsFileCheck(Registries registries) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    String domain = registries.settings(registries.replicas().get(0)).domain();
    Set<InetAddress> replicas =
        registries.replicas().stream()
            .map(Host::address)
            .flatMap(address -> NetworkAddress.parse(address).stream())
            .collect(Collectors.toSet());
    String text = host.access().text("/etc/hosts").map(Secret::reveal).orElse("");
    List<String> others =
        text.lines()
            .map(line -> List.of(line.replaceFirst("#.*", "").strip().split("\\s+", -1)))
            .filter(words -> words.subList(1, words.size()).contains(domain))
            .map(words -> words.get(0))
            .filter(address -> isStranger(address, replicas))
            .distinct()
            .toList();
    return others.isEmpty()
        ? Finding.ok("no other " + domain)
        : Finding.warning(
                "/etc/hosts gives "
                    + domain
                    + " to "
                    + String.join(", ", others)
                    + ", which no registry of this cluster has")
            .advice("spec.env registryDomain", "remove the line, or use another name");
  }

  private static boolean isStranger(String address, Set<InetAddress> replicas) {
    Optional<InetAddress> parsed = NetworkAddress.parse(address);
    // The local proxies of some strategies listen on the host itself.
    return parsed.isPresent()
        && !parsed.get().isLoopbackAddress()
        && !replicas.contains(parsed.get());
  }
}

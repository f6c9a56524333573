package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.registry.Distribution;
import io.hawser.registry.Registries;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whether the registry's port is free, or has our registry on it. */
record PortCheck(Registries registries) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    int port = registries.settings(host.host()).port();
    String told = host.facts().values().get("port." + port);
    if (told == null || told.startsWith("unchecked")) {
      return host.untold("who listens");
    }
    List<String> owners =
        Stream.of(told.split(" ", -1))
            .map(word -> word.split(",", 2))
            .filter(words -> words.length == 2 && isInTheWay(host, words[0]))
            .map(words -> words[1].equals("-") ? "a program that hides" : words[1])
            .distinct()
            .toList();
    if (owners.isEmpty()) {
      return Finding.ok("port " + port + " is free");
    }
    if (hasOurs(host) || host.traces().registry()) {
      return Finding.ok("port " + port + " is the registry's");
    }
    return Finding.failed("port " + port + " is taken by " + String.join(", ", owners))
        .advice(
            "spec.env registryPort", "stop and disable what listens there, or choose another port");
  }

  private static boolean hasOurs(ReachedHost host) {
    return host.journal().stream()
        .anyMatch(
            entry ->
                entry.owner().equals(Distribution.OWNER)
                    && (entry.kind().equals("unit") || entry.kind().equals("command")));
  }

  /** Hosts below a root share a machine, and listen on their own address only. */
  private static boolean isInTheWay(ReachedHost host, String listening) {
    if (host.isWholeMachine()) {
      return true;
    }
    return listening.matches("0+")
        || NetworkAddress.parse(host.host().address())
            .map(address -> listening.endsWith(hex(address)))
            .orElse(true);
  }

  /** As the kernel of a little-endian machine writes the last four bytes. */
  private static String hex(InetAddress address) {
    byte[] bytes = address.getAddress();
    StringBuilder digits = new StringBuilder();
    for (int i = 1; i <= 4; i++) {
      digits.append(String.format(Locale.ROOT, "%02X", bytes[bytes.length - i]));
    }
    return digits.toString();
  }
}

package io.hawser.registry;

import io.hawser.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes containerd's {@code hosts.toml}. Each replica may resolve and pull, never push. {@code
 * server} is one of ours, so that nothing is asked on the internet when all replicas fail; it does
 * nothing else, and a file with it alone would be ignored. TLS checks are never switched off: with
 * plain HTTP that would even make containerd try HTTPS first. The authority stands beside {@code
 * server} too, so that when all replicas fail the last complaint is not about a certificate.
 */
final class HostsToml {
  private HostsToml() {}

  static final String HEAD = "# Written by Hawser. The order is this node's own.";

  static String of(List<Endpoint> order) {
    List<String> lines = new ArrayList<>();
    lines.add(HEAD);
    lines.addAll(server(order.get(0)));
    order.forEach(endpoint -> lines.addAll(table(endpoint)));
    return String.join("\n", lines) + "\n";
  }

  /** The lines for the replica that is asked when all have failed. */
  static List<String> server(Endpoint first) {
    List<String> lines = new ArrayList<>();
    lines.add("server = " + quoted(first.url()));
    ca(first).ifPresent(lines::add);
    return lines;
  }

  private static Optional<String> ca(Endpoint endpoint) {
    return Optional.ofNullable(endpoint.caCertificate())
        .map(certificate -> "ca = " + quoted(CaFile.path(endpoint)));
  }

  /** The lines about one replica. */
  static List<String> table(Endpoint endpoint) {
    String table = "host." + quoted(endpoint.url());
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add("[" + table + "]");
    lines.add("  capabilities = [\"pull\", \"resolve\"]");
    ca(endpoint).ifPresent(line -> lines.add("  " + line));
    Secret authorization = endpoint.authorization();
    if (authorization != null) {
      lines.add("  [" + table + ".header]");
      lines.add("    Authorization = [" + quoted(authorization.reveal()) + "]");
    }
    return lines;
  }

  private static String quoted(String text) {
    if (!text.matches("[\\x20-\\x7e]*") || text.contains("\"") || text.contains("\\")) {
      throw new IllegalArgumentException("an endpoint of the registry holds a quote or worse");
    }
    return '"' + text + '"';
  }
}

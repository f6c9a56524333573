package io.hawser.registry;

import io.hawser.Secret;
import java.util.List;

/**
 * Writes containerd's {@code hosts.toml}. Each replica may resolve and pull, never push. {@code
 * server} is one of ours, so that nothing is asked on the internet when all replicas fail; it does
 * nothing else, and a file with it alone would be ignored. TLS checks are never switched off: with
 * plain HTTP that would even make containerd try HTTPS first.
 */
final class HostsToml {
  private HostsToml() {}

  static String of(List<Endpoint> order) {
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser. The order is this node's own.\n");
    out.append("server = ").append(quoted(order.get(0).url())).append('\n');
    for (Endpoint endpoint : order) {
      String table = "host." + quoted(endpoint.url());
      out.append("\n[").append(table).append("]\n");
      out.append("  capabilities = [\"pull\", \"resolve\"]\n");
      Secret authorization = endpoint.authorization();
      if (authorization != null) {
        out.append("  [").append(table).append(".header]\n");
        out.append("    Authorization = [").append(quoted(authorization.reveal())).append("]\n");
      }
    }
    return out.toString();
  }

  private static String quoted(String text) {
    if (!text.matches("[\\x20-\\x7e]*") || text.contains("\"") || text.contains("\\")) {
      throw new IllegalArgumentException("an endpoint of the registry holds a quote or worse");
    }
    return '"' + text + '"';
  }
}

package io.hawser.registry;

import io.hawser.Secret;
import java.util.List;

/**
 * Writes the configuration of sealos' {@code image-cri-shim}. {@code address} is the registry's
 * name, which the shim asks first (priority 1000); the replicas follow by their own addresses.
 * Versions without {@code priority} ignore that field and try the list in an order of their own.
 */
final class CriShimConfig {
  private static final int FIRST_PRIORITY = 999;

  private CriShimConfig() {}

  /**
   * The text of the file.
   *
   * @param socket of the runtime behind the shim
   * @param first the node's first replica
   * @param listed the replicas that are also asked by their own addresses, in the node's order
   */
  static String of(String socket, Endpoint first, List<Endpoint> listed) {
    String scheme = EndpointUrl.of(first).tls() ? "https://" : "http://";
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser. The order is this node's own.\n");
    out.append("shim: \"/var/run/image-cri-shim.sock\"\n");
    out.append("cri: ").append(QuotedText.of("the runtime's socket", socket)).append('\n');
    source(out, "", scheme + first.authority(), first);
    out.append("force: true\ndebug: false\nimage: \"/var/lib/image-cri-shim\"\n");
    out.append("version: \"v1\"\ntimeout: \"15m\"\n");
    if (!listed.isEmpty()) {
      out.append("registries:\n");
    }
    int priority = FIRST_PRIORITY;
    for (Endpoint endpoint : listed) {
      source(out.append("  - "), "    ", endpoint.url(), endpoint);
      out.append("    priority: ").append(priority--).append('\n');
    }
    return out.toString();
  }

  private static void source(StringBuilder out, String indent, String url, Endpoint endpoint) {
    out.append("address: ").append(QuotedText.of("an endpoint", url)).append('\n');
    BasicLogin login = BasicLogin.of(endpoint);
    if (login != null) {
      String pair = login.username() + ":" + splittable(endpoint, login.password());
      out.append(indent).append("auth: ");
      out.append(QuotedText.of("the registry's password", pair)).append('\n');
    }
  }

  /** The shim splits at every colon, and takes no password at all when there are two. */
  private static String splittable(Endpoint endpoint, Secret password) {
    if (password.reveal().contains(":")) {
      throw new IllegalArgumentException(
          endpoint.address()
              + ": the registry's password holds a colon, which image-cri-shim cannot read; choose"
              + " another");
    }
    return password.reveal();
  }
}

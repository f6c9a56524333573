package io.hawser.registry;

import java.util.List;

/**
 * Writes {@code registries.yaml} of k3s and rke2. The credentials stand under {@code configs}, by
 * host and port of each endpoint, and so does the authority: k3s finds them there whichever mirror
 * it asks.
 */
final class K3sRegistries {
  private K3sRegistries() {}

  static String of(List<Endpoint> order) {
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser. The order is this node's own.\nmirrors:\n  ");
    out.append(QuotedText.of("the registry's name", order.get(0).authority()));
    out.append(":\n    endpoint:\n");
    StringBuilder configs = new StringBuilder();
    for (Endpoint endpoint : order) {
      EndpointUrl url = EndpointUrl.of(endpoint);
      out.append("      - ").append(QuotedText.of("an endpoint", endpoint.url())).append('\n');
      BasicLogin login = BasicLogin.of(endpoint);
      String ca = endpoint.caCertificate();
      if (login != null || ca != null) {
        configs.append("  ").append(QuotedText.of("an endpoint", url.authority())).append(":\n");
      }
      if (login != null) {
        configs.append("    auth:\n      username: ");
        configs.append(QuotedText.of("the registry's user name", login.username()));
        configs.append("\n      password: ");
        configs.append(QuotedText.of("the registry's password", login.password().reveal()));
        configs.append('\n');
      }
      if (ca != null) {
        configs.append("    tls:\n      ca_file: ");
        configs.append(QuotedText.of("a path", CaFile.path(endpoint))).append('\n');
      }
    }
    return configs.isEmpty() ? out.toString() : out.append("configs:\n").append(configs).toString();
  }
}

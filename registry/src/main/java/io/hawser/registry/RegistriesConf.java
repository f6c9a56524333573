package io.hawser.registry;

import java.util.List;

/**
 * Writes a file of {@code registries.conf} (version 2), which cri-o, podman, buildah and skopeo
 * read. The mirrors are asked first, in their order, and {@code location} last; so the last replica
 * is the location, and neither the registry's name nor anything on the internet is ever asked.
 *
 * <p>{@code insecure} stands where the endpoint is plain HTTP, and nowhere else: beside HTTP it
 * would also allow any certificate. Credentials do not belong here, see {@link ContainersAuth}.
 */
final class RegistriesConf {
  private RegistriesConf() {}

  static String of(List<Endpoint> order) {
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser. The order is this node's own; location is asked last.\n");
    out.append("[[registry]]\nprefix = ");
    out.append(QuotedText.of("the registry's name", order.get(0).authority())).append('\n');
    location(out, order.get(order.size() - 1));
    for (Endpoint mirror : order.subList(0, order.size() - 1)) {
      location(out.append("\n[[registry.mirror]]\n"), mirror);
    }
    return out.toString();
  }

  private static void location(StringBuilder out, Endpoint endpoint) {
    String location = MirrorLocation.of(endpoint).authority();
    out.append("location = ").append(QuotedText.of("an endpoint", location)).append('\n');
    if (!EndpointUrl.of(endpoint).tls()) {
      out.append("insecure = true\n");
    }
  }
}

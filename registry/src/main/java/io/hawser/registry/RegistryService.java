package io.hawser.registry;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a Service without a selector and its EndpointSlices, one for each kind of address and each
 * port: a slice has one kind, and one list of ports for all of its endpoints.
 */
final class RegistryService {
  private static final String LABEL = "[a-z]([a-z0-9-]{0,40}[a-z0-9])?";

  private RegistryService() {}

  /** What the endpoints of one slice have in common. */
  private record Kind(boolean v6, int port) {
    String family() {
      return v6 ? "IPv6" : "IPv4";
    }
  }

  /** The name as it is, when Kubernetes takes it. */
  static String label(String what, String name) {
    if (!name.matches(LABEL)) {
      throw new IllegalArgumentException(
          "the " + what + " is a DNS label of at most 42 characters, not \"" + name + "\"");
    }
    return name;
  }

  static String of(String namespace, String name, List<Endpoint> replicas) {
    Map<Kind, List<String>> slices = new LinkedHashMap<>();
    for (Endpoint replica : replicas) {
      InetAddress address = EndpointUrl.address(replica);
      Kind kind = new Kind(EndpointUrl.isV6(address), EndpointUrl.of(replica).port());
      slices.computeIfAbsent(kind, any -> new ArrayList<>()).add(reachable(address));
    }
    StringBuilder out = new StringBuilder();
    out.append("# Written by Hawser. For: kubectl apply -f\n");
    out.append("apiVersion: v1\nkind: Service\nmetadata:\n");
    out.append("  name: ").append(QuotedText.of("name", name));
    out.append("\n  namespace: ").append(QuotedText.of("namespace", namespace));
    out.append("\nspec:\n").append(families(slices.keySet().stream().map(Kind::family).toList()));
    out.append("  ports:\n").append(port("    ", replicas.get(0).port()));
    slices.forEach((kind, addresses) -> slice(out, namespace, name, kind, addresses));
    return out.toString();
  }

  private static String families(List<String> families) {
    return families.stream().distinct().count() > 1
        ? "  ipFamilyPolicy: PreferDualStack\n"
        : "  ipFamilies: [" + families.get(0) + "]\n";
  }

  private static void slice(
      StringBuilder out, String namespace, String name, Kind kind, List<String> addresses) {
    String own = name + (kind.v6() ? "-ipv6-" : "-ipv4-") + kind.port();
    out.append("---\napiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n");
    out.append("  name: ").append(QuotedText.of("name", own));
    out.append("\n  namespace: ").append(QuotedText.of("namespace", namespace));
    out.append("\n  labels:\n    kubernetes.io/service-name: ").append(QuotedText.of("name", name));
    out.append("\n    endpointslice.kubernetes.io/managed-by: hawser\n");
    out.append("addressType: ").append(kind.family()).append('\n');
    out.append("ports:\n").append(port("  ", kind.port())).append("endpoints:\n");
    for (String address : addresses) {
      out.append("  - addresses: [").append(QuotedText.of("an address", address));
      out.append("]\n    conditions:\n      ready: true\n");
    }
  }

  private static String port(String indent, int port) {
    String next = "\n" + indent + "  ";
    return indent + "- name: registry" + next + "protocol: TCP" + next + "port: " + port + "\n";
  }

  /** Kubernetes refuses the others, as they mean something else on each node. */
  private static String reachable(InetAddress address) {
    String text = InetAddresses.toAddrString(address);
    if (address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isMulticastAddress()
        || address.isAnyLocalAddress()) {
      throw new IllegalArgumentException(
          text + ": an address that pods cannot reach, so no endpoint of a Service");
    }
    return text;
  }
}

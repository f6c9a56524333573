package io.hawser.registry;

import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells programs of a node which authority to trust for the registry. It is trusted for the
 * registry only: never put among the authorities of the system.
 */
final class CaFile {
  static final String DIRECTORY = "/etc/hawser/registry-ca/";

  private CaFile() {}

  /** Where it lies, for programs that are told so in their own configuration. */
  static String path(Endpoint endpoint) {
    return DIRECTORY + EndpointUrl.label(endpoint) + ".pem";
  }

  /** The file at that place; none when no replica has an authority of its own. */
  static List<HostChange> changes(List<Endpoint> order) {
    return at(path(order.get(0)), order);
  }

  /**
   * Files at the places where programs look that find the registry by its name, the hosts file and
   * nothing else: docker, and cri-o, podman and skopeo, where they are.
   */
  static List<HostChange> byName(NodeFacts node, List<Endpoint> order) {
    String directory = order.get(0).authority() + "/ca.crt";
    List<HostChange> changes = new ArrayList<>();
    if (node.has("docker")) {
      changes.addAll(at("/etc/docker/certs.d/" + directory, order));
    }
    if (Stream.of("crio", "podman", "skopeo").anyMatch(node::has)) {
      changes.addAll(at("/etc/containers/certs.d/" + directory, order));
    }
    return changes;
  }

  /** A file with the authorities of all replicas, in the same order on all nodes. */
  static List<HostChange> at(String path, List<Endpoint> order) {
    String text = text(order);
    return text.isEmpty() ? List.of() : List.of(FileChange.plain(path, text));
  }

  /** Those authorities; empty when there are none. */
  static String text(List<Endpoint> order) {
    return order.stream()
        .map(Endpoint::caCertificate)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .collect(Collectors.joining());
  }
}

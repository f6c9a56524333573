package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** containerd's directory of hosts, one file for the registry's name. */
final class ContainerdEndpoints implements EndpointStrategy {
  private static final String DEFAULT_PATH = "/etc/containerd/certs.d";

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    return named(node, order.get(0).authority(), order);
  }

  /** The file for images of that name; none on a node without containerd. */
  static List<HostChange> named(NodeFacts node, String authority, List<Endpoint> order) {
    Optional<String> path = path(node, authority);
    if (path.isEmpty()) {
      return List.of();
    }
    // What the list names comes before it.
    List<HostChange> changes = new ArrayList<>(CaFile.changes(order));
    changes.add(ConfidentialFile.of(path.get(), HostsToml.of(order), order));
    return List.copyOf(changes);
  }

  /** Where that file lies; empty on a node without containerd. */
  static Optional<String> path(NodeFacts node, String authority) {
    String configured = node.get("etc.containerd.config_path");
    if (node.get("containerd").isEmpty() && configured.isEmpty() && !node.has("containerd")) {
      return Optional.empty();
    }
    return Optional.of(directory(configured) + "/" + authority + "/hosts.toml");
  }

  /**
   * Several directories may be configured, with colons between them; the first that fits is read.
   */
  private static String directory(String configured) {
    String first = configured.split(":", -1)[0].strip();
    String path = first.endsWith("/") ? first.substring(0, first.length() - 1) : first;
    return path.startsWith("/") ? path : DEFAULT_PATH;
  }
}

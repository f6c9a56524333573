package io.hawser.registry;

import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;

/** containerd's directory of hosts, one file for the registry's name. */
final class ContainerdEndpoints implements EndpointStrategy {
  private static final String DEFAULT_PATH = "/etc/containerd/certs.d";

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    String configured = node.get("etc.containerd.config_path");
    if (node.get("containerd").isEmpty() && configured.isEmpty() && !node.has("containerd")) {
      return List.of();
    }
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    String path = directory(configured) + "/" + order.get(0).authority() + "/hosts.toml";
    String text = HostsToml.of(order);
    boolean secret = order.stream().anyMatch(endpoint -> endpoint.authorization() != null);
    return List.of(secret ? FileChange.secret(path, text) : FileChange.plain(path, text));
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

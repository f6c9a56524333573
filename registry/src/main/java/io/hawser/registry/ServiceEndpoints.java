package io.hawser.registry;

import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.stream.Stream;

/** The manifest of a Service, the same on every node of Kubernetes. */
final class ServiceEndpoints implements EndpointStrategy {
  private final String namespace;
  private final String name;

  ServiceEndpoints(String namespace, String name) {
    this.namespace = RegistryService.label("namespace", namespace);
    this.name = RegistryService.label("name of the Service", name);
  }

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    EndpointOrder.of(node, replicas);
    if (Stream.of("kubelet", "k3s", "rke2").noneMatch(node::has)) {
      return List.of();
    }
    return List.of(
        FileChange.plain(
            "/etc/hawser/services/" + namespace + "." + name + ".yaml",
            RegistryService.of(namespace, name, replicas)));
  }
}

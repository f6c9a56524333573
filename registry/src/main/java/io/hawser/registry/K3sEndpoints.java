package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.stream.Stream;

/** The list of registries of k3s and of rke2, which share the format. */
final class K3sEndpoints implements EndpointStrategy {
  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    List<HostChange> lists =
        Stream.of("k3s", "rke2")
            .filter(node::has)
            .map(name -> "/etc/rancher/" + name + "/registries.yaml")
            .<HostChange>map(path -> ConfidentialFile.of(path, K3sRegistries.of(order), order))
            .toList();
    return lists.isEmpty()
        ? List.of()
        : Stream.concat(CaFile.changes(order).stream(), lists.stream()).toList();
  }
}

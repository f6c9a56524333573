package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What makes nodes use replicas.
 *
 * @param content what replicas hold, by which a node may try them
 * @param strategy how nodes are told unless another way is said
 */
record NodeEndpoints(
    PlacedReplicas replicas, Supplier<RegistryContent> content, EndpointStrategy strategy) {
  List<HostChange> changes(EndpointStrategy how, Host node, NodeFacts facts, List<Host> proven) {
    NodeFacts known = facts(node, facts, content.get().known());
    return EndpointOrder.changes(how, known, replicas.endpoints(proven));
  }

  /** What the strategy cannot do for a node; the images are not read for it. */
  Optional<String> shortfall(Host node, NodeFacts facts) {
    return strategy instanceof EndpointShortfall telling
        ? telling.shortfall(
            facts(node, facts, Optional.empty()), replicas.endpoints(replicas.all()))
        : Optional.empty();
  }

  private NodeFacts facts(Host node, NodeFacts found, Optional<KnownArtifact> served) {
    return EndpointOrder.facts(replicas.cluster(), replicas.all(), node, found, served);
  }
}

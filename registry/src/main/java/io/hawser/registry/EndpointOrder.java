package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** In which order a node asks the replicas. */
final class EndpointOrder {
  private EndpointOrder() {}

  /** What a strategy, perhaps one that was written in a script, wants on a node. */
  static List<HostChange> changes(
      EndpointStrategy strategy, NodeFacts node, List<Endpoint> replicas) {
    List<HostChange> changes = strategy.changes(node, replicas);
    if (changes == null) {
      throw new IllegalArgumentException(
          "the endpoint strategy gave null for this host; an empty list means no change");
    }
    return changes;
  }

  /**
   * The node's own replica first, else rotated by the node's position, so that each replica is the
   * first of equally many nodes. The order behind the first is rotated too: when one is lost, its
   * nodes all go to its neighbour, but no node goes to a replica at random.
   */
  static List<Endpoint> of(NodeFacts node, List<Endpoint> replicas) {
    if (replicas.isEmpty()) {
      throw new IllegalArgumentException(
          node.get("address") + ": a node cannot be pointed at a registry without replicas");
    }
    List<Endpoint> order = new ArrayList<>(replicas);
    Collections.rotate(order, -first(node, replicas));
    return ImmutableList.copyOf(order);
  }

  /** The facts of a node with what {@link EndpointStrategy} says beside what was found there. */
  static NodeFacts facts(
      Cluster cluster,
      List<Host> replicas,
      Host node,
      NodeFacts facts,
      Optional<KnownArtifact> served) {
    Map<String, String> known = new HashMap<>(facts.values());
    known.put("address", node.address());
    known.put("root", node.root().equals("/") ? "" : node.root());
    served.ifPresent(
        artifact -> {
          known.put("known.repository", artifact.repository());
          known.put("known.manifest", artifact.manifest());
          known.put("known.blob", artifact.blob());
        });
    List<Host> others = cluster.hosts().stream().filter(host -> !replicas.contains(host)).toList();
    if (others.contains(node)) {
      known.put("position", String.valueOf(others.indexOf(node)));
    }
    return NodeFacts.of(known);
  }

  private static int first(NodeFacts node, List<Endpoint> replicas) {
    String address = node.get("address");
    for (int i = 0; i < replicas.size(); i++) {
      if (replicas.get(i).address().equals(address)) {
        return i;
      }
    }
    String position = node.get("position");
    // Without a position, String.hashCode: it is the same in every JVM.
    int number = position.matches("[0-9]{1,9}") ? Integer.parseInt(position) : address.hashCode();
    return Math.floorMod(number, replicas.size());
  }
}

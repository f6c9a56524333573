package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** In which order a node asks the replicas. */
final class EndpointOrder {
  private EndpointOrder() {}

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

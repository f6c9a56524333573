package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;

/**
 * Says what has to be so on a node that it reaches the replicas of the registry. {@link
 * EndpointStrategies} has ready ones.
 */
@FunctionalInterface
public interface EndpointStrategy {
  /**
   * The changes; none when the strategy does not fit the node. Depends on its arguments only and
   * touches no host.
   *
   * @param node what was found on the node, and {@code address}, its address, and {@code position},
   *     its number among the nodes that run no replica
   * @param replicas all replicas of one registry, in one order for all nodes; never empty
   */
  List<HostChange> changes(NodeFacts node, List<Endpoint> replicas);
}

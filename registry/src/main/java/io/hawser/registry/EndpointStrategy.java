package io.hawser.registry;

import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;

/**
 * Says what has to be so on a node that it reaches the replicas of the registry. {@link
 * EndpointStrategies} has ready ones; one that cannot do everything on every node also implements
 * {@link EndpointShortfall}.
 */
@FunctionalInterface
public interface EndpointStrategy {
  /**
   * The changes; none when the strategy does not fit the node. Depends on its arguments only and
   * touches no host.
   *
   * @param node what was found on the node, and {@code address}, its address, {@code position}, its
   *     number among the nodes that run no replica, and {@code root}, the path below which it lives
   *     on a machine that it shares, else empty. When the replicas hold anything: {@code
   *     known.repository}, and the SHA-256 of a manifest ({@code known.manifest}) and a blob
   *     ({@code known.blob}) in it, which each of them serves
   * @param replicas all replicas of one registry, in one order for all nodes; never empty
   */
  List<HostChange> changes(NodeFacts node, List<Endpoint> replicas);
}

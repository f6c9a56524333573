package io.hawser.registry;

import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Optional;

/**
 * Says what an {@link EndpointStrategy} cannot do for a node: what a strategy may also implement,
 * for the preflight to warn of. One that does not is taken to do everything. An interface of its
 * own, since no default method can be called on a strategy that is a Groovy closure.
 */
@FunctionalInterface
public interface EndpointShortfall {
  /**
   * What the strategy cannot do for a node and what to install there, in one line; empty when it
   * can do everything. Depends on its arguments only.
   *
   * @param node as for {@link EndpointStrategy#changes}, with the answers to {@link
   *     io.hawser.host.Survey} where the preflight asks; without them nothing is said of what they
   *     would tell
   * @param replicas as for {@link EndpointStrategy#changes}
   */
  Optional<String> shortfall(NodeFacts node, List<Endpoint> replicas);
}

package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The changes of several strategies in their order, and what any of them cannot do. */
record SeveralEndpoints(List<EndpointStrategy> strategies)
    implements EndpointStrategy, EndpointShortfall {
  SeveralEndpoints {
    strategies = ImmutableList.copyOf(strategies);
  }

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    return strategies.stream()
        .<HostChange>flatMap(strategy -> strategy.changes(node, replicas).stream())
        .toList();
  }

  @Override
  public Optional<String> shortfall(NodeFacts node, List<Endpoint> replicas) {
    String all =
        strategies.stream()
            .filter(EndpointShortfall.class::isInstance)
            .map(EndpointShortfall.class::cast)
            .flatMap(telling -> telling.shortfall(node, replicas).stream())
            .collect(Collectors.joining("; "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}

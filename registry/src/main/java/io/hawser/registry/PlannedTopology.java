package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.NodeFacts;
import io.hawser.report.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where registries run and who asks them in which order, as the endpoint strategies write it. */
final class PlannedTopology {
  private final Cluster cluster;
  private final List<Host> replicas;
  private final List<Endpoint> endpoints;

  private PlannedTopology(Cluster cluster, List<Host> replicas, List<Endpoint> endpoints) {
    this.cluster = cluster;
    this.replicas = replicas;
    this.endpoints = endpoints;
  }

  static Topology of(PlacedReplicas replicas) {
    Cluster cluster = replicas.cluster();
    List<Endpoint> endpoints =
        replicas.all().stream().map(replicas.source()::openEndpoint).toList();
    PlannedTopology planned = new PlannedTopology(cluster, replicas.all(), endpoints);
    List<Topology.Member> members = new ArrayList<>();
    cluster.hosts().forEach(host -> members.add(planned.member(host)));
    return Topology.of(cluster.name(), members);
  }

  private Topology.Member member(Host host) {
    List<String> roles =
        host.roles().stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
    NodeFacts facts =
        EndpointOrder.facts(cluster, replicas, host, NodeFacts.of(Map.of()), Optional.empty());
    List<String> order =
        EndpointOrder.of(facts, endpoints).stream().map(Endpoint::address).toList();
    return new Topology.Member(host.address(), roles, url(host), order);
  }

  private @Nullable String url(Host host) {
    int number = replicas.indexOf(host);
    return number < 0 ? null : endpoints.get(number).url();
  }
}

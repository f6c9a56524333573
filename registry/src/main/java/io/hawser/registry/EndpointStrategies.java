package io.hawser.registry;

import com.google.common.collect.ImmutableList;
import io.hawser.host.HostChange;
import java.util.Collection;
import java.util.List;

/** Makes the endpoint strategies that come with Hawser. All are immutable and thread-safe. */
public final class EndpointStrategies {
  private EndpointStrategies() {}

  /**
   * Both {@link #containerd()}, where containerd is, and {@link #hostsFile()}.
   *
   * <p>The hosts file serves whatever else pulls on the node, but helps only when a replica refuses
   * connections.
   */
  public static EndpointStrategy standard() {
    return all(List.of(containerd(), hostsFile()));
  }

  /**
   * One {@code hosts.toml} for containerd with an entry per replica: a node that runs a replica
   * asks its own first, the others begin with different ones. containerd goes on to the next when
   * one cannot be reached or answers with an error.
   *
   * <p>The file lies in the node's {@code config_path}, or {@code /etc/containerd/certs.d}; it has
   * mode 0600 as it holds the credentials. Nothing on a node without containerd.
   */
  public static EndpointStrategy containerd() {
    return new ContainerdEndpoints();
  }

  /** A line in {@code /etc/hosts} per replica for the registry's domain, in the same order. */
  public static EndpointStrategy hostsFile() {
    return new HostsFileEndpoints();
  }

  /** The changes of several strategies, in their order. */
  public static EndpointStrategy all(Collection<EndpointStrategy> strategies) {
    List<EndpointStrategy> copy = ImmutableList.copyOf(strategies);
    return (node, replicas) ->
        copy.stream()
            .<HostChange>flatMap(strategy -> strategy.changes(node, replicas).stream())
            .toList();
  }
}

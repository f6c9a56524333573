package io.hawser.registry;

import com.google.common.collect.ImmutableSet;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.ssh.SshClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The hosts of a cluster that run its registry, where it can run.
 *
 * @param all the preferred one first; at least one
 * @param source what is known of each
 */
record PlacedReplicas(Cluster cluster, List<Host> all, SettingsSource source) {
  /**
   * Replicas where a placement wants them.
   *
   * @throws IllegalArgumentException naming every fault
   */
  PlacedReplicas {
    List<String> faults = new ArrayList<>();
    if (all.isEmpty()) {
      faults.add("the placement gives no host");
    }
    if (ImmutableSet.copyOf(all).size() < all.size()) {
      faults.add("the placement gives a host twice: " + all);
    }
    for (Host replica : all) {
      if (cluster.hosts().contains(replica)) {
        faults.addAll(source.faults(replica));
      } else {
        faults.add("the placement gives " + replica + ", which is no host of the cluster");
      }
    }
    faults.addAll(source.differences(all));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "registry of " + cluster.name() + ": " + String.join("; ", faults));
    }
    all = List.copyOf(all);
  }

  /**
   * What the placement gives; no host when it gives nothing at all, as one written in a script may.
   */
  static PlacedReplicas of(RegistryPlacement placement, Cluster cluster, SettingsSource source) {
    List<Host> all = Objects.requireNonNullElse(placement.place(cluster), List.of());
    return new PlacedReplicas(cluster, all, source);
  }

  /**
   * The same host.
   *
   * @throws IllegalArgumentException if it runs no replica
   */
  Host checked(Host host) {
    if (!all.contains(host)) {
      throw new IllegalArgumentException(
          host.address() + " runs no replica of the registry; " + all + " do");
    }
    return host;
  }

  /** How hosts of the cluster are reached when they are only looked at. */
  Function<Host, HostAccess> through(SshClient ssh) {
    return host -> HostAccess.to(ssh, cluster, host);
  }

  RegistrySettings settings(Host replica) {
    return source.of(checked(replica));
  }

  List<Endpoint> endpoints(List<Host> some) {
    return some.stream().map(host -> Endpoints.of(host, settings(host))).toList();
  }
}

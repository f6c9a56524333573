package io.hawser.registry;

import com.google.common.collect.ImmutableSet;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says whether a cluster's registry can run where a placement wants it. */
final class PlacedReplicas {
  private PlacedReplicas() {}

  /**
   * What the placement gives; no host when it gives nothing at all, as one written in a script may.
   */
  static List<Host> of(RegistryPlacement placement, Cluster cluster) {
    return Objects.requireNonNullElse(placement.place(cluster), List.of());
  }

  /**
   * Does nothing if it can.
   *
   * @throws IllegalArgumentException naming every fault
   */
  static void check(Cluster cluster, List<Host> replicas, SettingsSource settings) {
    List<String> faults = new ArrayList<>();
    if (replicas.isEmpty()) {
      faults.add("the placement gives no host");
    }
    if (ImmutableSet.copyOf(replicas).size() < replicas.size()) {
      faults.add("the placement gives a host twice: " + replicas);
    }
    for (Host replica : replicas) {
      if (cluster.hosts().contains(replica)) {
        faults.addAll(settings.faults(replica));
      } else {
        faults.add("the placement gives " + replica + ", which is no host of the cluster");
      }
    }
    faults.addAll(settings.differences(replicas));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "registry of " + cluster.name() + ": " + String.join("; ", faults));
    }
  }
}

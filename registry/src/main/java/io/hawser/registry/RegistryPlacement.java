package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import java.util.List;

/**
 * Says which hosts of a cluster run a replica of the registry. {@link RegistryPlacements} has ready
 * ones.
 */
@FunctionalInterface
public interface RegistryPlacement {
  /**
   * The hosts, the preferred one first. Depends on the cluster only: the same cluster gives the
   * same hosts in the same order.
   *
   * @throws IllegalArgumentException if the cluster does not have what is wanted
   */
  List<Host> place(Cluster cluster);
}

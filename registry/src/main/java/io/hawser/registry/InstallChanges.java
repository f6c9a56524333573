package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Optional;

/** What makes a registry run on a replica host. One for each {@link RegistryMode}. */
interface InstallChanges {
  /** Those of a mode. */
  static InstallChanges of(RegistryMode mode, Cluster cluster, GeneratedSecrets generated) {
    return mode == RegistryMode.SAFE
        ? new ManagedRegistry(cluster, generated)
        : new RootfsRegistry(cluster, generated);
  }

  /**
   * The changes in order.
   *
   * @throws RegistryException naming the host if there is nothing to run there
   */
  List<HostChange> on(Host replica, NodeFacts facts, RegistrySettings settings);

  /** Absolute path of the registry's storage on the host. */
  String storage();

  /** Where to look when the registry does not answer. */
  String hint();

  /**
   * The service that remembers what it served, so that it has to be restarted when files were
   * replaced under it; empty when there is no need for that.
   */
  Optional<String> caching();
}

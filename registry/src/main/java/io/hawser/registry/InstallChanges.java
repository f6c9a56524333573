package io.hawser.registry;

import io.hawser.cluster.Host;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;

/** What makes a registry run on a replica host. One for each {@link RegistryMode}. */
interface InstallChanges {
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
}

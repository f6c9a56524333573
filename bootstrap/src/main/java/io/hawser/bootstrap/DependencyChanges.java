package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;

/** Says what shall be so on a host; asked for plans and runs alike, on several threads. */
@FunctionalInterface
public interface DependencyChanges {
  /**
   * The changes, in order; the undo of each comes with it.
   *
   * @param host the host
   * @param facts what was found on it
   */
  List<? extends HostChange> changes(Host host, NodeFacts facts);
}

package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;

/** A step that does more than another one, under its name, on its hosts, and with its changes. */
interface WrappedStep extends Step {
  Step step();

  @Override
  default String name() {
    return step().name();
  }

  @Override
  default boolean appliesTo(Host host) {
    return step().appliesTo(host);
  }

  @Override
  default List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    return step().changes(access, facts);
  }
}

package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostPreview;
import io.hawser.host.NodeFacts;
import io.hawser.host.PlannedChange;
import java.util.List;

/** What is looked at for a plan, in the order in which it would be done. */
interface PlannedStep {
  String name();

  boolean appliesTo(Host host);

  /** The changes that it would make on a host, whether they are needed or not. */
  List<? extends HostChange> changes(HostAccess access, NodeFacts facts);

  /** What it would do to a host, seen after the steps before it; only looks. */
  default List<PlannedChange> planned(HostAccess access, NodeFacts facts, HostPreview preview) {
    return preview.of(changes(access, facts));
  }
}

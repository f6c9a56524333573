package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostPreview;
import io.hawser.host.NodeFacts;
import io.hawser.host.PlannedChange;
import io.hawser.report.HostResult;
import java.util.List;

/** One thing that is done on all its hosts before the next starts. */
interface Step {
  String name();

  boolean appliesTo(Host host);

  /** The changes that {@link #run} would make on a host, whether they are needed or not. */
  List<? extends HostChange> changes(HostAccess access, NodeFacts facts);

  /** What {@link #run} would do to a host, seen after the steps before it; only looks. */
  default List<PlannedChange> planned(HostAccess access, NodeFacts facts, HostPreview preview) {
    return preview.of(changes(access, facts));
  }

  /** One result per host, in the hosts' order; never throws for what happens on a host. */
  List<HostResult> run(List<Host> hosts, LockedHosts reach);
}

package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import java.util.List;

/** One thing that is done on all its hosts before the next starts. */
interface Step {
  String name();

  boolean appliesTo(Host host);

  /** The changes that {@link #run} would make on a host, whether they are needed or not. */
  List<? extends HostChange> changes(HostAccess access, NodeFacts facts);

  /** What {@link #run} would take back on a host beside its changes; only looks. */
  default List<ChangeResult> takenBack(HostAccess access, NodeFacts facts) {
    return List.of();
  }

  /** One result per host, in the hosts' order; never throws for what happens on a host. */
  List<HostResult> run(List<Host> hosts, LockedHosts reach);
}

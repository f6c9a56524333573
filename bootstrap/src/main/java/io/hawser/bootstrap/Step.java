package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import java.util.List;

/** One thing that is done on all its hosts before the next starts. */
interface Step extends PlannedStep {
  /** One result per host, in the hosts' order; never throws for what happens on a host. */
  List<HostResult> run(List<Host> hosts, LockedHosts reach);
}

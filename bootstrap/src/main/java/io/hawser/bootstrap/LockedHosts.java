package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.report.HostResult;
import java.util.List;
import java.util.function.Function;

/**
 * The hosts of one call, which nobody else changes meanwhile.
 *
 * @param step what is being done on them
 * @param told whether the rows of it are those of the report
 */
record LockedHosts(Hosts reach, ClusterLock lock, RunProgress progress, String step, boolean told) {
  HostAccess access(Host host) {
    return lock.access(host);
  }

  /** The same for work whose rows are made into others, or dropped. */
  LockedHosts during(String name) {
    return new LockedHosts(reach, lock, progress, name, false);
  }

  /** The same for a step whose rows are those of the report. */
  LockedHosts telling(String name) {
    return new LockedHosts(reach, lock, progress, name, true);
  }

  /** Work on several hosts; on none any more when the run stops. */
  List<HostResult> onEach(List<Host> hosts, Function<? super Host, HostResult> work) {
    return reach.onEach(hosts, host -> progress.of(step, host, told, () -> work.apply(host)));
  }
}

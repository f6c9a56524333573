package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.report.HostResult;
import java.util.List;
import java.util.function.Function;

/** The hosts of one call, which nobody else changes meanwhile. */
record LockedHosts(Hosts reach, ClusterLock lock) {
  HostAccess access(Host host) {
    return lock.access(host);
  }

  List<HostResult> onEach(List<Host> hosts, Function<? super Host, HostResult> work) {
    return reach.onEach(hosts, work);
  }
}

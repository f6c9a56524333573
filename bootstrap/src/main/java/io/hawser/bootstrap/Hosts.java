package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.report.HostResult;
import io.hawser.ssh.SshClient;
import java.util.List;
import java.util.function.Function;

/** Reaches the hosts of one cluster, several at once: to read, and to change them under a lock. */
record Hosts(Cluster cluster, SshClient ssh, int width) {
  HostAccess access(Host host) {
    return HostAccess.to(ssh, cluster, host);
  }

  /** Nobody else changes these hosts until it is closed. */
  ClusterLock lock(List<Host> hosts) {
    return ClusterLock.take(ssh, cluster, hosts);
  }

  List<HostResult> onEach(List<Host> hosts, Function<? super Host, HostResult> work) {
    return FanOut.map(hosts, width, work);
  }
}

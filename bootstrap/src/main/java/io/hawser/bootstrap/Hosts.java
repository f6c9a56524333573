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
import org.jspecify.annotations.Nullable;

/**
 * Reaches the hosts of one cluster, several at once: to read, and to change them under a lock.
 *
 * @param held the lock under which everything happens; null where each run takes its own
 */
record Hosts(Cluster cluster, SshClient ssh, int width, @Nullable ClusterLock held) {
  Hosts(Cluster cluster, SshClient ssh, int width) {
    this(cluster, ssh, width, null);
  }

  /** The same for the owner of a lock. */
  Hosts under(ClusterLock lock) {
    return new Hosts(cluster, ssh, width, lock);
  }

  HostAccess access(Host host) {
    return HostAccess.to(ssh, cluster, host);
  }

  /** Nobody else changes these hosts until it is closed. */
  ClusterLock lock(List<Host> hosts) {
    return held == null ? ClusterLock.take(ssh, cluster, hosts) : held.lend();
  }

  List<HostResult> onEach(List<Host> hosts, Function<? super Host, HostResult> work) {
    return FanOut.map(hosts, width, work);
  }
}

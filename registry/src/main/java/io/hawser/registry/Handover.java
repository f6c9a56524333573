package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import java.util.List;
import java.util.function.Function;

/** Hands artifacts to the distributor, for hosts that nobody else changes meanwhile. */
record Handover(ArtifactDistributor distributor, DistributionListener listener, String directory) {
  /** For hosts that are locked for it. */
  Report underLock(SshClient ssh, Cluster cluster, RegistryContent content, List<Host> hosts) {
    try (ClusterLock lock = ClusterLock.take(ssh, cluster, hosts)) {
      return through(lock::access, content, hosts);
    }
  }

  /** For hosts that the caller has locked. */
  Report through(
      Function<? super Host, HostAccess> access, RegistryContent content, List<Host> hosts) {
    return distributor.distribute(
        Distribution.builder(content, directory, access).targets(hosts).listener(listener).build());
  }
}

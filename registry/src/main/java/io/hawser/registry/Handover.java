package io.hawser.registry;

import io.hawser.CancelledException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.SshClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Hands artifacts to the distributor, for hosts that nobody else changes meanwhile.
 *
 * @param existing what becomes of hosts that hold files already
 */
record Handover(
    ArtifactDistributor distributor,
    DistributionListener listener,
    String directory,
    ExistingStorage existing) {
  /** For hosts that are locked for it. */
  Report underLock(SshClient ssh, Cluster cluster, RegistryContent content, List<Host> hosts) {
    try (ClusterLock lock = ClusterLock.take(ssh, cluster, hosts)) {
      return through(lock::access, content, hosts);
    }
  }

  /** For hosts that the caller has locked. */
  Report through(
      Function<? super Host, HostAccess> access, RegistryContent content, List<Host> hosts) {
    if (existing == ExistingStorage.MERGE) {
      return distribute(access, content, hosts);
    }
    StorageOwner owner = new StorageOwner(directory);
    List<Optional<HostResult>> refusals =
        FanOut.map(hosts, FanOut.DEFAULT_WIDTH, host -> owner.refusal(host, access.apply(host)));
    List<Host> taken = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      if (refusals.get(i).isEmpty()) {
        taken.add(hosts.get(i));
      }
    }
    Report sent = taken.isEmpty() ? Report.empty() : distribute(access, content, taken);
    List<HostResult> rows = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      rows.addAll(refusals.get(i).map(List::of).orElse(sent.results(hosts.get(i).address())));
    }
    return Report.of(rows);
  }

  /**
   * The distributor may be somebody else's: what it throws fails its hosts, and a host that it says
   * nothing about is not filled.
   */
  private Report distribute(
      Function<? super Host, HostAccess> access, RegistryContent content, List<Host> hosts) {
    Distribution job =
        Distribution.builder(content, directory, access).targets(hosts).listener(listener).build();
    Report given;
    try {
      given = Objects.requireNonNullElse(distributor.distribute(job), Report.empty());
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      return Report.of(hosts.stream().map(host -> thrown(host, e)).toList());
    }
    return Report.of(hosts.stream().map(host -> row(host, given)).toList());
  }

  private static HostResult thrown(Host host, RuntimeException e) {
    return HostStep.run(
        host.address(),
        Distribution.STEP,
        () -> {
          throw e;
        });
  }

  /** The row that counts; silence is not success. */
  private static HostResult row(Host host, Report given) {
    return given.results(host.address()).stream()
        .reduce((first, second) -> first.status().isFailure() ? first : second)
        .orElseGet(
            () ->
                HostResult.of(
                    host.address(),
                    Distribution.STEP,
                    Status.FAILED,
                    "the distributor reported nothing for this host"));
  }
}

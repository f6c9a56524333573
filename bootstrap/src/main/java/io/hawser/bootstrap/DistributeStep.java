package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.bootstrap.adoption.Adopted;
import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.UncheckedIOException;
import java.util.List;

/** Brings the artifacts to all replicas through the distributor, which may be the user's own. */
record DistributeStep(Registries registries, Adopted adopted) implements Step {
  static final String NAME = "distribute";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean appliesTo(Host host) {
    return registries.replicas().contains(host);
  }

  @Override
  public List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    return registries.contentChanges(access.host());
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    reach.progress().begin(NAME, hosts);
    List<HostResult> rows = distributed(hosts, reach);
    reach.progress().end(hosts);
    return rows;
  }

  private List<HostResult> distributed(List<Host> hosts, LockedHosts reach) {
    Report report;
    try {
      if (registries.content().isEmpty()) {
        List<HostResult> lost = LostArtifacts.rows(hosts, reach.reach(), adopted);
        if (!lost.isEmpty()) {
          return lost;
        }
      }
      report = registries.distribute(reach::access, hosts);
    } catch (CancelledException e) {
      throw e;
    } catch (HawserException | UncheckedIOException e) {
      return hosts.stream().map(host -> failed(host, String.valueOf(e.getMessage()))).toList();
    }
    return hosts.stream().map(host -> report.results(host.address()).get(0)).toList();
  }

  private static HostResult failed(Host host, String message) {
    return HostResult.of(host.address(), NAME, Status.FAILED, message);
  }
}

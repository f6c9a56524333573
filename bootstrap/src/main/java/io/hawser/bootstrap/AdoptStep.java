package io.hawser.bootstrap;

import io.hawser.bootstrap.adoption.Adopted;
import io.hawser.bootstrap.adoption.Adoption;
import io.hawser.bootstrap.adoption.SealosTraces;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStateException;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import java.util.List;

/**
 * Notes on hosts that sealos brought up that they are, so that the journal knows it when the lines
 * that told so are gone. Comes before every other change.
 */
record AdoptStep(Cluster cluster, Adopted adopted) implements Step {
  @Override
  public String name() {
    return Adoption.NAME;
  }

  @Override
  public boolean appliesTo(Host host) {
    return adopted.isMember(host);
  }

  @Override
  public List<FileChange> changes(HostAccess access, NodeFacts facts) {
    return note(access.host());
  }

  private List<FileChange> note(Host host) {
    SealosTraces traces = adopted.of(host);
    if (traces.isRefused()) {
      throw new HostStateException(host.address(), traces.problem() + "; " + traces.hint());
    }
    return List.of(
        FileChange.plain(
            "/etc/hawser/adopted-" + cluster.name(),
            "# Written by Hawser.\n# sealos brought this host up before Hawser came, so its init"
                + " scripts and their undo are left to sealos.\n"));
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(hosts, host -> note(host, reach));
  }

  private HostResult note(Host host, LockedHosts reach) {
    HostResult row =
        HostStep.changes(
            host.address(), name(), () -> reach.access(host).apply(name(), note(host)));
    return row.status().isFailure()
        ? row
        : HostResult.of(host.address(), name(), row.status(), adopted.of(host).fate())
            .details(row.details())
            .took(row.took());
  }
}

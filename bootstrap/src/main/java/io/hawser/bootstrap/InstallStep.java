package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostPreview;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.host.PlannedChange;
import io.hawser.registry.Distribution;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryLogins;
import io.hawser.registry.ReplicaService;
import io.hawser.report.HostResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes the registry run on its hosts; who could pull before still can. */
record InstallStep(Registries registries, Predicate<Host> where) implements Step {
  @Override
  public String name() {
    return Distribution.OWNER;
  }

  @Override
  public boolean appliesTo(Host host) {
    return where.test(host);
  }

  @Override
  public List<HostChange> changes(HostAccess access, NodeFacts facts) {
    return RegistryLogins.of(registries).installChanges(access, facts);
  }

  /** The service as it is on a host, and as it shall be. */
  ReplicaService service(HostAccess access) {
    return ReplicaService.of(access, changes(access, access.facts()));
  }

  @Override
  public List<PlannedChange> planned(HostAccess access, NodeFacts facts, HostPreview preview) {
    List<HostChange> changes = changes(access, facts);
    List<PlannedChange> planned = new ArrayList<>();
    ReplicaService.of(access, changes)
        .stoppedFirst()
        .ifPresent(unit -> planned.add(preview.stopping(unit)));
    planned.addAll(preview.of(changes));
    return planned;
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(
        hosts,
        host ->
            HostStep.changes(host.address(), name(), () -> service(reach.access(host)).install()));
  }
}

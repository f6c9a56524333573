package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import java.util.List;
import java.util.Set;

/** A hook after a reset: when it has run, the host's journal is empty again. */
record ResetHook(Step step) implements Step {
  @Override
  public String name() {
    return step.name();
  }

  @Override
  public boolean appliesTo(Host host) {
    return step.appliesTo(host);
  }

  @Override
  public List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    return step.changes(access, facts);
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(
        hosts, host -> HostStep.changes(host.address(), name(), () -> run(reach.access(host))));
  }

  private List<ChangeResult> run(HostAccess access) {
    List<ChangeResult> results = access.apply(name(), changes(access, access.facts()));
    // Nothing takes the command back, so this only takes its entry from the journal.
    List<ChangeResult> unused = access.undo(entry -> entry.owner().equals(name()), Set.of());
    return results;
  }
}

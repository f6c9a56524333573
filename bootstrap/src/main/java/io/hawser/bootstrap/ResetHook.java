package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.HostAccess;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import java.util.List;
import java.util.Set;

/** A hook after a reset: when it has run, the host's journal is empty again. */
record ResetHook(Step step) implements WrappedStep {
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

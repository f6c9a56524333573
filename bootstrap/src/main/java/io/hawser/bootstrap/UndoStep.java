package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.NodeFacts;
import io.hawser.host.UndoOption;
import io.hawser.report.HostResult;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A step that undoes what the journal of a host holds, newest first. */
record UndoStep(String name, Predicate<JournalEntry> which, Set<UndoOption> options)
    implements Step {
  static final String WITHDRAW = "withdraw";
  static final String RESET = "reset";

  /** What hooks before a reset did is undone under this name. */
  static final String HOOKS = "unhook";

  @Override
  public boolean appliesTo(Host host) {
    return true;
  }

  @Override
  public List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    return List.of();
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(
        hosts,
        host ->
            HostStep.changes(host.address(), name, () -> reach.access(host).undo(which, options)));
  }
}

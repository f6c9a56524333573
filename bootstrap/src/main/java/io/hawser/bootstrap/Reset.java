package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.JournalEntry;
import io.hawser.host.UndoOption;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Undoes the journals of hosts. Nodes forget the registries before any registry goes, so that no
 * pull meets half a reset; what the hooks before it did is undone last.
 */
record Reset(Hooks hooks, Set<UndoOption> options) {
  private static final Set<String> WITHDRAWN = Set.of(ClusterSteps.NAMES, ClusterSteps.ENDPOINTS);

  Reset {
    options = Set.copyOf(options);
  }

  void of(StepRunner runner, List<Host> hosts) {
    List<Step> before = hooks.before(Phase.RESET);
    List<String> own = before.stream().map(Step::name).toList();
    runner.run(before, hosts);
    List<Host> able = hosts.stream().filter(host -> !runner.failed(host)).toList();
    runner.runAnyway(step(UndoStep.WITHDRAW, entry -> WITHDRAWN.contains(entry.owner())), able);
    Predicate<JournalEntry> ours = entry -> !entry.owner().equals(RootfsTrees.OWNER);
    // What is watched around commands comes back when the last of them is undone, the hooks' too.
    Predicate<JournalEntry> last =
        entry -> own.contains(entry.owner()) || (!own.isEmpty() && entry.kind().equals("watch"));
    runner.run(List.of(step(UndoStep.RESET, ours.and(last.negate()))), hosts);
    if (!own.isEmpty()) {
      runner.run(List.of(step(UndoStep.HOOKS, last)), hosts);
    }
    hooks.after(Phase.RESET).forEach(hook -> runner.run(List.of(new ResetHook(hook)), hosts));
  }

  private UndoStep step(String name, Predicate<JournalEntry> which) {
    return new UndoStep(name, which, options);
  }
}

package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.BlockChange;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostPreview;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.NodeFacts;
import io.hawser.host.PlannedChange;
import io.hawser.registry.RegistryTrust;
import io.hawser.report.HostResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A step that also takes back, after it has made its changes, what it made in earlier runs and does
 * not want any more.
 *
 * @param alsoWanted what another step wants that may be journalled under this one's name
 * @param first whether this one comes before the other: then lines that the other wrote in an
 *     earlier run, in the place of lines that are wanted here, stay as they are
 */
record ReconciledStep(ChangeStep step, DependencyChanges alsoWanted, boolean first)
    implements WrappedStep {
  @Override
  public List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    List<? extends HostChange> wanted = step.changes(access, facts);
    if (!first || wanted.stream().noneMatch(BlockChange.class::isInstance)) {
      return wanted;
    }
    List<? extends HostChange> others = alsoWanted.changes(access.host(), facts);
    return wanted.stream().map(change -> written(access, change, others)).toList();
  }

  /** A change, or what is there in its place already. */
  private static HostChange written(
      HostAccess access, HostChange change, List<? extends HostChange> others) {
    return others.stream()
        .filter(other -> isInPlaceOf(other, change) && !other.equals(change))
        .filter(other -> access.compare(List.of(other)).get(0).outcome() == HostChange.Outcome.SAME)
        .map(HostChange.class::cast)
        .findFirst()
        .orElse(change);
  }

  private static boolean isInPlaceOf(HostChange other, HostChange change) {
    return other instanceof BlockChange there
        && change instanceof BlockChange block
        && there.path().equals(block.path())
        && there.marker().equals(block.marker());
  }

  @Override
  public List<PlannedChange> planned(HostAccess access, NodeFacts facts, HostPreview preview) {
    List<? extends HostChange> wanted = changes(access, facts);
    List<PlannedChange> planned = new ArrayList<>(preview.of(wanted));
    planned.addAll(preview.undoing(stale(access, facts, wanted)));
    return planned;
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(
        hosts,
        host -> HostStep.changes(host.address(), name(), () -> reconcile(reach.access(host))));
  }

  private List<ChangeResult> reconcile(HostAccess access) {
    NodeFacts facts = access.facts();
    List<? extends HostChange> wanted = changes(access, facts);
    List<ChangeResult> results = new ArrayList<>(access.apply(name(), wanted));
    if (results.stream().anyMatch(one -> one.outcome() == HostChange.Outcome.FAILED)) {
      return results;
    }
    Set<JournalEntry> stale = stale(access, facts, wanted);
    if (!stale.isEmpty()) {
      results.addAll(access.undo(stale::contains));
    }
    return results;
  }

  private Set<JournalEntry> stale(
      HostAccess access, NodeFacts facts, List<? extends HostChange> wanted) {
    List<HostChange> all = new ArrayList<>(wanted);
    all.addAll(alsoWanted.changes(access.host(), facts));
    List<JournalEntry> journal = access.journal();
    // Whoever has read a list with TLS a moment ago reads the authority next: it stays until reset.
    journal.stream()
        .filter(entry -> entry.kind().equals("file") && RegistryTrust.isAuthority(entry.target()))
        .forEach(entry -> all.add(FileChange.plain(entry.target(), "")));
    return StaleEntries.of(journal, name(), all);
  }
}

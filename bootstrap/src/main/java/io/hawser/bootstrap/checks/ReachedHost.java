package io.hawser.bootstrap.checks;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.hawser.bootstrap.adoption.Adoption;
import io.hawser.bootstrap.adoption.SealosTraces;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.bootstrap.preflight.InspectedHost;
import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostAccess;
import io.hawser.host.JournalEntry;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Map;

/** A host that preflight reached, with what Hawser's own checks ask besides. For one thread. */
final class ReachedHost implements InspectedHost {
  private final HostAccess access;
  private final NodeFacts facts;
  private final ImmutableMap<Host, NodeFacts> all;
  private final ImmutableSet<Host> asked;
  private final Supplier<List<JournalEntry>> journal;
  private final Supplier<SealosTraces> traces;

  ReachedHost(HostAccess access, List<Host> asked, Map<Host, NodeFacts> all, Adoption adoption) {
    this.access = access;
    this.asked = ImmutableSet.copyOf(asked);
    this.all = ImmutableMap.copyOf(all);
    this.facts = all.getOrDefault(access.host(), NodeFacts.of(Map.of()));
    this.journal = Suppliers.memoize(access::journal);
    this.traces = Suppliers.memoize(() -> adoption.look(access));
  }

  @Override
  public Host host() {
    return access.host();
  }

  @Override
  public NodeFacts facts() {
    return facts;
  }

  @Override
  public Map<Host, NodeFacts> all() {
    return all;
  }

  @Override
  public HostAccess access() {
    return access;
  }

  /** What is found when the host gave no answer to a question, with the reason if it is known. */
  Finding untold(String what) {
    String why = facts.get(ReachCheck.NO_SURVEY);
    return Finding.notChecked("the host did not tell " + what + (why.isEmpty() ? "" : ": " + why));
  }

  /** Whether another host is one of the call's and could not be reached, which its own row says. */
  boolean isKnownToBeDown(Host other) {
    return asked.contains(other) && !all.containsKey(other);
  }

  /** Whether the host has a system of its own, and is not one of several below a root. */
  boolean isWholeMachine() {
    return host().root().equals("/");
  }

  List<JournalEntry> journal() {
    return journal.get();
  }

  /** Whether Hawser did more there than to mount its images. */
  boolean isInitialised() {
    return journal().stream().anyMatch(entry -> !entry.owner().equals(RootfsTrees.OWNER));
  }

  SealosTraces traces() {
    return traces.get();
  }
}

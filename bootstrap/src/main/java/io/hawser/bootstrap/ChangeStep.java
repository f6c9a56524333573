package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.report.HostResult;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** A step that is a list of changes per host, journalled under the step's name. */
record ChangeStep(String name, Predicate<Host> filter, DependencyChanges source) implements Step {
  @Override
  public boolean appliesTo(Host host) {
    return filter.test(host);
  }

  @Override
  public List<? extends HostChange> changes(HostAccess access, NodeFacts facts) {
    List<? extends HostChange> changes = source.changes(access.host(), facts);
    // Scripts and other languages know no NullAway.
    if (changes == null || changes.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException(
          name + " gave null for this host; an empty list means no change");
    }
    return changes;
  }

  @Override
  public List<HostResult> run(List<Host> hosts, LockedHosts reach) {
    return reach.onEach(hosts, host -> on(host, reach));
  }

  /** The row of one host. */
  HostResult on(Host host, LockedHosts reach) {
    return HostStep.changes(
        host.address(),
        name,
        () -> {
          HostAccess access = reach.access(host);
          return access.apply(name, changes(access, access.facts()));
        });
  }
}

package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostStep;
import io.hawser.host.NodeFacts;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryTrust;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.function.Predicate;

/** Hosts trust a new authority beside the old one before any registry shows that it has it. */
record AuthorityChange(Registries registries, Drain drain) {
  static final String NAME = "trust";

  /**
   * Adds a row for each host that was told, or could not be.
   *
   * @param changed the registries that serve, and get other certificates next
   */
  void before(StepRunner runner, LockedHosts reach, List<Host> selected, List<Host> changed) {
    if (changed.isEmpty()) {
      return;
    }
    List<Host> able = selected.stream().filter(host -> !runner.failed(host)).toList();
    boolean told = false;
    for (HostResult row : reach.during(NAME).onEach(able, host -> told(host, reach))) {
      if (row.status() != Status.OK) {
        runner.add(row);
        told = true;
      }
    }
    if (told) {
      // Who began a pull before trusts the old one only until it ends.
      drain.all(changed, reach, registries);
    }
  }

  /**
   * The same for plans.
   *
   * @param changed as with {@link #before}
   */
  PlannedStep planned(List<Host> changed) {
    return new Told(registries, host -> !changed.isEmpty());
  }

  /** What a host is told; a run tells when it is known which registries change. */
  private record Told(Registries registries, Predicate<Host> where) implements PlannedStep {
    @Override
    public String name() {
      return NAME;
    }

    @Override
    public boolean appliesTo(Host host) {
      return where.test(host);
    }

    @Override
    public List<HostChange> changes(HostAccess access, NodeFacts facts) {
      return RegistryTrust.both(registries, access, facts);
    }
  }

  private HostResult told(Host host, LockedHosts reach) {
    return HostStep.changes(
        host.address(),
        NAME,
        () -> {
          HostAccess access = reach.access(host);
          List<HostChange> both = RegistryTrust.both(registries, access, access.facts());
          return both.isEmpty() ? List.of() : access.apply(ClusterSteps.ENDPOINTS, both);
        });
  }
}

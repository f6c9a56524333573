package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostPreview;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.PlannedChange;
import io.hawser.registry.Distribution;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes registries from hosts that the placement does not name any more. Nodes come first: as long
 * as one of them may still use such a registry, it stays and serves.
 */
record Retirement(Cluster cluster, Registries registries, Drain drain) {
  static final String NAME = "retire";

  /** Why registries stay, and what to do. */
  private record Obstacle(String reason, String hint) {}

  /** What was found on a host that is no replica: a registry of ours, or why nobody knows. */
  private record Found(
      Host host, boolean registry, boolean artifacts, Optional<HostResult> problem) {}

  /** What this would take back on a host, as a plan shows it; nothing on a replica. */
  List<PlannedChange> planned(HostAccess access, HostPreview preview) {
    if (registries.replicas().contains(access.host())) {
      return List.of();
    }
    List<JournalEntry> journal = access.journal();
    return journal.stream().anyMatch(Retirement::isOfRunningRegistry)
        ? preview.undoing(own(journal))
        : List.of();
  }

  /**
   * Comes after all steps, and adds a row for each such registry, and for each host that could not
   * be asked whether it has one.
   *
   * @param selected the hosts of the call
   * @param proven the replicas that nodes were told of
   */
  void after(StepRunner runner, LockedHosts reach, List<Host> selected, List<Host> proven) {
    List<Host> others =
        selected.stream().filter(host -> !registries.replicas().contains(host)).toList();
    List<Found> found = FanOut.map(others, reach.reach().width(), host -> look(host, reach));
    for (Found one : found) {
      // What failed before has its row.
      one.problem().filter(row -> !runner.failed(one.host())).ifPresent(runner::add);
    }
    List<Host> retired = found.stream().filter(Found::registry).map(Found::host).toList();
    if (retired.isEmpty()) {
      return;
    }
    Optional<Obstacle> obstacle = obstacle(runner, selected, proven);
    if (obstacle.isEmpty() && found.stream().anyMatch(Found::artifacts)) {
      obstacle = lost();
    }
    Optional<Obstacle> reason = obstacle;
    List<HostResult> rows =
        reason.isPresent()
            ? retired.stream().map(host -> kept(host, reason.get())).toList()
            : reach.telling(NAME).onEach(retired, host -> remove(reach, host));
    rows.forEach(runner::add);
  }

  private Found look(Host host, LockedHosts reach) {
    boolean[] found = new boolean[2];
    HostResult row =
        HostStep.run(
            host.address(),
            NAME,
            () -> {
              List<JournalEntry> journal = reach.access(host).journal();
              found[0] = journal.stream().anyMatch(Retirement::isOfRunningRegistry);
              found[1] = journal.stream().anyMatch(LostArtifacts::isOfArtifacts);
              return HostResult.of(host.address(), NAME, Status.OK, "looked");
            });
    return new Found(
        host, found[0], found[1], row.status().isFailure() ? Optional.of(row) : Optional.empty());
  }

  /** All that was made for the registry, but directories that other steps use. */
  private static Set<JournalEntry> own(List<JournalEntry> journal) {
    return StaleEntries.of(journal, Distribution.OWNER, List.of());
  }

  /** Such directories are no registry. */
  private static boolean isOfRunningRegistry(JournalEntry entry) {
    return entry.owner().equals(Distribution.OWNER) && !entry.kind().equals("dir");
  }

  private Optional<Obstacle> obstacle(StepRunner runner, List<Host> selected, List<Host> proven) {
    if (proven.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "no other registry is proven to serve, and the last one is never removed",
              "look at the rows distribute, registry, audit and ready of the registry hosts"));
    }
    List<Host> leftOut = cluster.hosts().stream().filter(host -> !selected.contains(host)).toList();
    if (!leftOut.isEmpty()) {
      return Optional.of(
          new Obstacle(
              "hosts that are not in this call may still use it: " + addresses(leftOut),
              "make the call for all hosts"));
    }
    List<Host> untold = selected.stream().filter(runner::failed).toList();
    return untold.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Obstacle(
                "hosts that could not be told to use others may still use it: " + addresses(untold),
                "bring these hosts back or take them out of the cluster, and make the call again"));
  }

  /** Its artifacts may be the last ones there are. */
  private Optional<Obstacle> lost() {
    return registries.content().isEmpty()
        ? Optional.of(
            new Obstacle("the images hold no artifacts any more, but it does", LostArtifacts.HINT))
        : Optional.empty();
  }

  private static String addresses(List<Host> hosts) {
    return hosts.stream().map(Host::address).collect(Collectors.joining(", "));
  }

  private static HostResult kept(Host host, Obstacle obstacle) {
    return HostResult.of(
            host.address(),
            NAME,
            Status.WARNING,
            "this host shall run no registry, but its registry stays: " + obstacle.reason())
        .advice(null, obstacle.hint());
  }

  /** What others added to its storage is kept and listed, whatever a reset would do. */
  private HostResult remove(LockedHosts reach, Host host) {
    String[] drained = new String[1];
    HostResult row =
        HostStep.changes(
            host.address(),
            NAME,
            () -> {
              HostAccess access = reach.access(host);
              int port = registries.settings(registries.replicas().get(0)).port();
              drained[0] = drain.of(access, port);
              return access.undo(own(access.journal())::contains, Set.of());
            });
    if (drained[0] == null) {
      return row;
    }
    List<String> details = new ArrayList<>(List.of("drain: " + drained[0]));
    details.addAll(row.details());
    return HostResult.of(row.host(), row.step(), row.status(), row.message() + "; " + drained[0])
        .details(details)
        .took(row.took());
  }
}

package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostPreview;
import io.hawser.host.HostStep;
import io.hawser.host.PlannedChange;
import io.hawser.registry.Distribution;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryLogins;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Ends a change of the login to the registries: the earlier one is refused when every host has the
 * new one, and not before.
 */
record LoginChange(Cluster cluster, Registries registries, Drain drain) {
  static final String NAME = "rotate";

  /** Whom a registry admits beside its user, or why nobody knows. */
  private record Found(Host host, Set<String> earlier, Optional<HostResult> problem) {}

  /** What this would do to a host, as a plan shows it. */
  List<PlannedChange> planned(HostAccess access, HostPreview preview) {
    if (!registries.replicas().contains(access.host())) {
      return List.of();
    }
    RegistryLogins logins = RegistryLogins.of(registries);
    Set<String> earlier = logins.earlier(access);
    if (earlier.isEmpty()) {
      return List.of();
    }
    String summary = "refuse " + users(earlier) + " when every host has the new login";
    return preview.of(List.of(logins.withdrawal(access))).stream()
        .map(change -> change.withSummary(summary))
        .toList();
  }

  /**
   * Comes when hosts were told, and adds a row for each registry that admits an earlier login.
   *
   * @param selected the hosts of the call
   */
  void after(StepRunner runner, LockedHosts reach, List<Host> selected) {
    List<Host> replicas =
        registries.replicas().stream()
            .filter(host -> selected.contains(host) && !runner.failed(host))
            .toList();
    List<Found> found = FanOut.map(replicas, reach.reach().width(), host -> look(host, reach));
    found.forEach(one -> one.problem().ifPresent(runner::add));
    List<Found> admitting = found.stream().filter(one -> !one.earlier().isEmpty()).toList();
    if (admitting.isEmpty()) {
      return;
    }
    Optional<String> untold = untold(runner, selected);
    if (untold.isPresent()) {
      admitting.forEach(one -> runner.add(kept(one, untold.get())));
      return;
    }
    List<Host> hosts = admitting.stream().map(Found::host).toList();
    List<String> waited = drain.all(hosts, reach, registries);
    List<HostResult> rows =
        reach
            .telling(NAME)
            .onEach(
                hosts,
                host -> {
                  int i = hosts.indexOf(host);
                  return refused(admitting.get(i), waited.get(i), reach);
                });
    rows.forEach(runner::add);
  }

  private Found look(Host host, LockedHosts reach) {
    Set<String> earlier = new TreeSet<>();
    HostResult row =
        HostStep.run(
            host.address(),
            NAME,
            () -> {
              earlier.addAll(RegistryLogins.of(registries).earlier(reach.access(host)));
              return HostResult.of(host.address(), NAME, Status.OK, "looked");
            });
    return new Found(host, earlier, row.status().isFailure() ? Optional.of(row) : Optional.empty());
  }

  /** Who may still need an earlier login, in words. */
  Optional<String> untold(StepRunner runner, List<Host> selected) {
    List<Host> leftOut = cluster.hosts().stream().filter(host -> !selected.contains(host)).toList();
    if (!leftOut.isEmpty()) {
      return Optional.of("hosts that are not in this call may still use it: " + addresses(leftOut));
    }
    List<Host> failed = selected.stream().filter(runner::failed).toList();
    return failed.isEmpty()
        ? Optional.empty()
        : Optional.of("hosts that could not be told may still use it: " + addresses(failed));
  }

  private static HostResult kept(Found found, String why) {
    return HostResult.of(
            found.host().address(),
            NAME,
            Status.WARNING,
            users(found.earlier()) + " is still admitted: " + why)
        .advice(
            null, "make the call for all hosts, when they are back or not in the cluster any more");
  }

  /** A row for a registry that goes on as it was, although it shall have another login or TLS. */
  static HostResult waiting(Host host, String why) {
    return HostResult.of(
            host.address(),
            NAME,
            Status.WARNING,
            "this registry still has its old password or transport, and no node is told of it: "
                + why)
        .advice(
            null, "make the call for all hosts, when they are back or not in the cluster any more");
  }

  private HostResult refused(Found found, String waited, LockedHosts reach) {
    HostResult row =
        HostStep.changes(
            found.host().address(),
            NAME,
            () -> {
              HostAccess access = reach.access(found.host());
              HostChange only = RegistryLogins.of(registries).withdrawal(access);
              return access.apply(Distribution.OWNER, List.of(only));
            });
    return row.status().isFailure()
        ? row
        : HostResult.of(
                row.host(),
                NAME,
                row.status(),
                "every host has the new login; "
                    + users(found.earlier())
                    + " is refused from now on; "
                    + waited)
            .took(row.took());
  }

  private static String users(Set<String> earlier) {
    return "the earlier login " + String.join(", ", earlier);
  }

  private static String addresses(List<Host> hosts) {
    return hosts.stream().map(Host::address).collect(Collectors.joining(", "));
  }
}

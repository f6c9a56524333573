package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostStep;
import io.hawser.host.JournalEntry;
import io.hawser.host.UndoOption;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Brings hosts up by steps whose changes are journalled on each host, and undoes the journals. */
final class JournalledBootstrap implements Bootstrap {
  private static final Set<String> WITHDRAWN = Set.of(ClusterSteps.NAMES, ClusterSteps.ENDPOINTS);

  private final Cluster cluster;
  private final Hosts reach;
  private final Adoption adoption;
  private final ClusterSteps steps;
  private final LiveRun live;
  private final Preflight preflight;
  private final Set<UndoOption> undoOptions;

  JournalledBootstrap(
      Cluster cluster,
      Hosts reach,
      Adoption adoption,
      ClusterSteps steps,
      LiveRun live,
      Preflight preflight,
      Set<UndoOption> undoOptions) {
    this.cluster = cluster;
    this.reach = reach;
    this.adoption = adoption;
    this.steps = steps;
    this.live = live;
    this.preflight = preflight;
    this.undoOptions = Set.copyOf(undoOptions);
  }

  @Override
  public Plan plan() {
    List<Step> all = new ArrayList<>();
    all.add(steps.mount());
    Adopted adopted = adoption.look(cluster.hosts(), reach::access, reach.width());
    List<Host> able =
        cluster.hosts().stream().filter(host -> !adopted.unknown().containsKey(host)).toList();
    all.addAll(steps.all(adopted, live.trust(reach, able, adopted)));
    return new Planner(cluster, reach, live).plan(all, adopted.unknown());
  }

  @Override
  public Report preflight() {
    return preflight.check(cluster.hosts());
  }

  @Override
  public Report preflight(CharSequence... hosts) {
    return preflight(List.of(hosts));
  }

  @Override
  public Report preflight(Collection<? extends CharSequence> hosts) {
    return preflight.check(cluster.select(hosts));
  }

  @Override
  public Report init() {
    return initHosts(cluster.hosts());
  }

  @Override
  public Report init(CharSequence... hosts) {
    return init(List.of(hosts));
  }

  @Override
  public Report init(Collection<? extends CharSequence> hosts) {
    return initHosts(cluster.select(hosts));
  }

  @Override
  public Report applyExternalDeps() {
    return applyTo(cluster.hosts());
  }

  @Override
  public Report applyExternalDeps(CharSequence... hosts) {
    return applyExternalDeps(List.of(hosts));
  }

  @Override
  public Report applyExternalDeps(Collection<? extends CharSequence> hosts) {
    return applyTo(cluster.select(hosts));
  }

  @Override
  public Report reset() {
    return resetHosts(cluster.hosts());
  }

  @Override
  public Report reset(CharSequence... hosts) {
    return reset(List.of(hosts));
  }

  @Override
  public Report reset(Collection<? extends CharSequence> hosts) {
    return resetHosts(cluster.select(hosts));
  }

  private Report initHosts(List<Host> hosts) {
    return hosts.isEmpty() ? Report.empty() : run("init", steps::init, hosts);
  }

  private Report applyTo(List<Host> hosts) {
    return hosts.isEmpty() ? Report.empty() : run("applyExternalDeps", steps::dependencies, hosts);
  }

  private Report run(
      String call, BiFunction<List<Host>, Adopted, List<Step>> rest, List<Host> hosts) {
    Report report;
    try (ClusterLock lock = reach.lock(hosts)) {
      LockedHosts locked = new LockedHosts(reach, lock);
      Adopted adopted = adoption.look(hosts, locked::access, reach.width());
      report = adopted.refusal(hosts).orElseGet(() -> live.of(locked, hosts, adopted, rest));
    }
    return succeeded(call, report);
  }

  /** Nodes forget the registries before any registry goes, so that no pull meets half a reset. */
  private Report resetHosts(List<Host> hosts) {
    Report report;
    try (ClusterLock lock = reach.lock(hosts)) {
      LockedHosts locked = new LockedHosts(reach, lock);
      Report withdrawn =
          undo(locked, "withdraw", hosts, entry -> WITHDRAWN.contains(entry.owner()));
      Report rest = undo(locked, "reset", hosts, entry -> !entry.owner().equals(RootfsTrees.OWNER));
      report = withdrawn.then(rest);
    }
    return succeeded("reset", report);
  }

  private Report undo(
      LockedHosts locked, String step, List<Host> hosts, Predicate<JournalEntry> which) {
    List<HostResult> results =
        locked.onEach(
            hosts,
            host ->
                HostStep.changes(
                    host.address(), step, () -> locked.access(host).undo(which, undoOptions)));
    return Report.of(results);
  }

  private static Report succeeded(String call, Report report) {
    if (!report.succeeded()) {
      throw new BootstrapException(call, report);
    }
    return report;
  }
}

package io.hawser.bootstrap;

import io.hawser.HawserException;
import io.hawser.bootstrap.adoption.Adopted;
import io.hawser.bootstrap.adoption.Adoption;
import io.hawser.bootstrap.checks.Preflight;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostAccess;
import io.hawser.host.UndoOption;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Brings hosts up by steps whose changes are journalled on each host, and undoes the journals. */
final class JournalledBootstrap implements Bootstrap {
  private final Cluster cluster;
  private final Hosts reach;
  private final Adoption adoption;
  private final ClusterSteps steps;
  private final LiveRun live;
  private final Preflight preflight;
  private final Set<UndoOption> undoOptions;
  private final RunTerms terms;

  JournalledBootstrap(
      Cluster cluster,
      Hosts reach,
      Adoption adoption,
      ClusterSteps steps,
      LiveRun live,
      Preflight preflight,
      Set<UndoOption> undoOptions,
      RunTerms terms) {
    this.terms = terms;
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
    List<PlannedStep> all = new ArrayList<>();
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
    return run("init", Phase.INIT, steps::init, hosts);
  }

  private Report applyTo(List<Host> hosts) {
    return run("applyExternalDeps", Phase.EXTERNAL_DEPS, steps::dependencies, hosts);
  }

  private Report run(
      String call,
      Phase phase,
      BiFunction<List<Host>, Adopted, List<Step>> rest,
      List<Host> hosts) {
    return runs(terms)
        .run(
            call,
            hosts,
            (runner, locked) -> {
              Adopted adopted =
                  runner.unlessStopped(
                      Adopted.NOTHING, () -> adoption.look(hosts, locked::access, reach.width()));
              List<HostResult> refusal = adopted.refusal(hosts);
              refusal.forEach(runner::add);
              if (refusal.isEmpty()) {
                live.of(runner, locked, hosts, phase, adopted, rest);
              }
            });
  }

  /** What is half undone on one host is no reason to leave others as they are. */
  private Report resetHosts(List<Host> hosts) {
    Reset reset = new Reset(steps.hooks(), undoOptions);
    return runs(terms.goingOn()).run("reset", hosts, (runner, locked) -> reset.of(runner, hosts));
  }

  private GuardedRuns runs(RunTerms how) {
    return new GuardedRuns(reach, how, live.registries().replicas()::contains);
  }

  /** The hosts of the cluster, locked for several calls of {@link #under}. */
  ClusterLock lock() {
    return reach.lock(cluster.hosts());
  }

  /** The same bootstrap under a lock of {@link #lock}: its calls take none. */
  JournalledBootstrap under(ClusterLock lock) {
    return new JournalledBootstrap(
        cluster, reach.under(lock), adoption, steps, live, preflight, undoOptions, terms);
  }

  /** The hosts that could not be locked, with why. */
  Map<Host, HawserException> unlocked(ClusterLock lock) {
    Map<Host, HawserException> unlocked = new LinkedHashMap<>();
    for (Host host : cluster.hosts()) {
      try {
        HostAccess unused = lock.access(host);
      } catch (HawserException e) {
        unlocked.put(host, e);
      }
    }
    return unlocked;
  }

  /** The same bootstrap, heard by one more. */
  JournalledBootstrap heardBy(StepListener listener) {
    return new JournalledBootstrap(
        cluster, reach, adoption, steps, live, preflight, undoOptions, terms.heardBy(listener));
  }
}

package io.hawser.bootstrap;

import io.hawser.bootstrap.adoption.Adopted;
import io.hawser.cluster.Host;
import io.hawser.registry.Registries;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Makes hosts as they shall be, in an order in which who pulls meanwhile always finds a registry:
 * what is new serves before hosts are told of it, and what is old goes when all were told.
 */
record LiveRun(
    ClusterSteps steps,
    Registries registries,
    ProvenReplicas replicas,
    AuthorityChange authorities,
    LoginChange logins,
    Retirement retirement) {

  /**
   * Does it.
   *
   * @param call the whole of what is done
   * @param adopted what hosts showed of sealos
   * @param rest what follows, given the registries that nodes may be told of
   */
  void of(
      StepRunner runner,
      LockedHosts reach,
      List<Host> hosts,
      Phase call,
      Adopted adopted,
      BiFunction<List<Host>, Adopted, List<Step>> rest) {
    adopted.unknown().forEach(runner::fail);
    runner.run(steps.fill(adopted, call), hosts);
    InstallStep install = steps.install(adopted);
    List<Host> own = registries.replicas().stream().filter(hosts::contains).toList();
    List<Host> able =
        own.stream().filter(host -> !runner.failed(host) && install.appliesTo(host)).toList();
    List<FoundReplica> found =
        runner.unlessStopped(List.of(), () -> FoundReplica.all(able, install, reach));
    List<Step> proof = List.of(steps.audit(), steps.ready(hosts));
    Rollout rollout = new Rollout(install, proof, runner, own, found);
    runner.unlessStopped(() -> authorities.before(runner, reach, hosts, rollout.otherIdentity()));
    rollout.runEarly();
    List<Host> proven =
        runner.unlessStopped(List.of(), () -> replicas.after(runner, reach, hosts, rollout.late()));
    runner.run(steps.hooks().after(Phase.REGISTRIES), hosts);
    runner.run(rest.apply(proven, adopted), hosts);
    List<Host> told =
        rollout.late().isEmpty()
            ? proven
            : runner.unlessStopped(
                proven, () -> goOn(runner, reach, hosts, adopted, rollout, proven));
    runner.unlessStopped(() -> logins.after(runner, reach, hosts));
    runner.unlessStopped(() -> retirement.after(runner, reach, hosts, told));
    runner.run(steps.hooks().after(call), hosts);
  }

  /**
   * What hosts are told before registries change whom they are, for plans.
   *
   * @param hosts those that could be looked at
   */
  PlannedStep trust(Hosts reach, List<Host> hosts, Adopted adopted) {
    InstallStep install = steps.install(adopted);
    List<Host> own =
        registries.replicas().stream()
            .filter(host -> hosts.contains(host) && install.appliesTo(host))
            .toList();
    return authorities.planned(
        FoundReplica.all(own, install, reach::access, reach.width()).stream()
            .filter(FoundReplica::otherIdentity)
            .map(FoundReplica::host)
            .toList());
  }

  /** All were told to use others: now those follow that could not be both, old and new. */
  private List<Host> goOn(
      StepRunner runner,
      LockedHosts reach,
      List<Host> hosts,
      Adopted adopted,
      Rollout rollout,
      List<Host> proven) {
    Optional<String> untold = logins.untold(runner, hosts);
    if (untold.isPresent()) {
      rollout.late().stream()
          .map(host -> LoginChange.waiting(host, untold.get()))
          .forEach(runner::add);
      return proven;
    }
    logins.drain().all(rollout.late(), reach, registries);
    rollout.runLate();
    List<Host> all =
        registries.replicas().stream()
            .filter(host -> proven.contains(host) || rollout.late().contains(host))
            .filter(host -> !runner.failed(host))
            .toList();
    runner.run(steps.tell(all, adopted), hosts);
    return all;
  }
}

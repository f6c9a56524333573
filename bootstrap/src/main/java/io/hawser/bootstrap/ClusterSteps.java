package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.HostChange;
import io.hawser.host.HostStateException;
import io.hawser.host.ImageScripts;
import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The steps of a cluster in their order. The registries serve and are proven before any node is
 * told of them, and before any init script runs, because such scripts pull from them.
 */
final class ClusterSteps {
  static final String ENDPOINTS = "endpoints";

  private final Cluster cluster;
  private final Registries registries;
  private final List<ExternalDependency> dependencies;

  ClusterSteps(Cluster cluster, Registries registries, List<ExternalDependency> dependencies) {
    this.cluster = cluster;
    this.registries = registries;
    this.dependencies = List.copyOf(dependencies);
  }

  /** What the images put on the hosts; for plans only, since a Filesystem mounts them. */
  Step mount(RootfsTrees trees) {
    return new ChangeStep(RootfsTrees.OWNER, host -> true, (host, facts) -> trees.changes(host));
  }

  /** What init does, given which hosts failed so far. */
  List<Step> init(Predicate<Host> failed) {
    List<Step> steps = new ArrayList<>(serve());
    dependencies.stream()
        .filter(ExternalDependency::isBeforeInit)
        .forEach(dependency -> steps.add(dependency.step()));
    steps.add(names(failed));
    steps.add(script("init-cri", "clean-cri"));
    steps.add(script("init", "clean"));
    steps.add(endpoints(failed));
    return steps;
  }

  /** What applyExternalDeps does, given which hosts failed so far. */
  List<Step> dependencies(Predicate<Host> failed) {
    List<Step> steps = new ArrayList<>(serve());
    dependencies.forEach(dependency -> steps.add(dependency.step()));
    steps.add(names(failed));
    steps.add(endpoints(failed));
    return steps;
  }

  /** Everything, each step once, for a plan. */
  List<Step> all() {
    List<Step> steps = new ArrayList<>(init(host -> false));
    dependencies.stream()
        .filter(dependency -> !dependency.isBeforeInit())
        .forEach(dependency -> steps.add(dependency.step()));
    return steps;
  }

  private List<Step> serve() {
    return List.of(
        new DistributeStep(registries),
        new ChangeStep("registry", registries.replicas()::contains, registries::installChanges),
        new RegistryStep("audit", registries, registries::audit),
        new RegistryStep("ready", registries, registries::ready));
  }

  private Step names(Predicate<Host> failed) {
    return new ChangeStep(
        "names",
        host -> true,
        (host, facts) ->
            registries.endpointChanges(
                EndpointStrategies.hostsFile(), host, facts, proven(failed)));
  }

  private Step endpoints(Predicate<Host> failed) {
    return new ChangeStep(
        ENDPOINTS,
        host -> true,
        (host, facts) -> registries.endpointChanges(host, facts, proven(failed)));
  }

  /** The replicas that a node may be told of. */
  private List<Host> proven(Predicate<Host> failed) {
    List<Host> proven =
        registries.replicas().stream().filter(replica -> !failed.test(replica)).toList();
    if (proven.isEmpty()) {
      throw new HostStateException(
          cluster.firstMaster().address(), "no registry is ready, so no node is told of one");
    }
    return proven;
  }

  /** A host that is only a registry joins no cluster, so nothing is initialised for one there. */
  private Step script(String label, String undoLabel) {
    return new ChangeStep(
        label,
        host -> host.is(Role.MASTER) || host.is(Role.NODE),
        (host, facts) ->
            ImageScripts.of(cluster).change(host, label, undoLabel).stream()
                .map(HostChange.class::cast)
                .toList());
  }
}

package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.BlockChange;
import io.hawser.host.HostChange;
import io.hawser.host.HostStateException;
import io.hawser.registry.Distribution;
import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.Registries;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The steps of a cluster in their order. The registries serve and are proven before any node is
 * told of them, and before any init script runs, because such scripts pull from them.
 */
final class ClusterSteps {
  static final String NAMES = "names";
  static final String ENDPOINTS = "endpoints";
  static final String AUDIT = "audit";
  static final String READY = "ready";
  static final String WATCH = "watch";

  /** Under these names built-in steps stand in journals. */
  static final Set<String> BUILT_IN =
      Set.of(
          RootfsTrees.OWNER,
          WATCH,
          Distribution.OWNER,
          Distribution.STEP,
          AUDIT,
          READY,
          NAMES,
          "init-cri",
          "init",
          ENDPOINTS);

  private final Cluster cluster;
  private final Registries registries;
  private final List<ExternalDependency> dependencies;
  private final boolean hostsFileInPlace;

  ClusterSteps(
      Cluster cluster,
      Registries registries,
      List<ExternalDependency> dependencies,
      boolean hostsFileInPlace) {
    this.hostsFileInPlace = hostsFileInPlace;
    this.cluster = cluster;
    this.registries = registries;
    this.dependencies = List.copyOf(dependencies);
  }

  /** What the images put on the hosts; for plans only, since a Filesystem mounts them. */
  Step mount(RootfsTrees trees) {
    return new ChangeStep(RootfsTrees.OWNER, host -> true, (host, facts) -> trees.changes(host));
  }

  /** Whether scripts of the rootfs may run on a host. */
  private boolean runsScripts(Host host) {
    return (registries.replicas().contains(host) && hasScript("init-registry"))
        || (joins(host) && (hasScript("init-cri") || hasScript("init")));
  }

  private boolean hasScript(String label) {
    return cluster.rootfs().flatMap(mount -> mount.script(label)).isPresent();
  }

  /** A host that is only a registry joins no cluster, so nothing is initialised for one there. */
  private static boolean joins(Host host) {
    return host.is(Role.MASTER) || host.is(Role.NODE);
  }

  /** What makes the registries serve, and proves that they do. */
  List<Step> serve() {
    return List.of(
        new ChangeStep(WATCH, this::runsScripts, (host, facts) -> List.of(WatchList.change())),
        new DistributeStep(registries),
        new ChangeStep("registry", registries.replicas()::contains, registries::installChanges),
        new RegistryStep(AUDIT, registries, registries::audit),
        new RegistryStep(READY, registries, registries::ready));
  }

  /** What init does after that, given the replicas that nodes may be told of. */
  List<Step> init(List<Host> proven) {
    List<Step> steps = new ArrayList<>();
    dependencies.stream()
        .filter(ExternalDependency::isBeforeInit)
        .forEach(dependency -> steps.add(dependency.step()));
    steps.add(names(proven));
    steps.add(script("init-cri", "clean-cri"));
    steps.add(script("init", "clean"));
    steps.add(endpoints(proven));
    return steps;
  }

  /** What applyExternalDeps does after that. */
  List<Step> dependencies(List<Host> proven) {
    List<Step> steps = new ArrayList<>();
    dependencies.forEach(dependency -> steps.add(dependency.step()));
    steps.add(names(proven));
    steps.add(endpoints(proven));
    return steps;
  }

  /** Everything, each step once, for a plan, which takes it that every replica will be proven. */
  List<Step> all() {
    List<Step> steps = new ArrayList<>(serve());
    steps.addAll(init(registries.replicas()));
    dependencies.stream()
        .filter(dependency -> !dependency.isBeforeInit())
        .forEach(dependency -> steps.add(dependency.step()));
    return steps;
  }

  private Step names(List<Host> proven) {
    return new ChangeStep(
        NAMES,
        host -> true,
        (host, facts) ->
            allowed(
                registries.endpointChanges(
                    EndpointStrategies.hostsFile(), host, facts, some(host, proven))));
  }

  private Step endpoints(List<Host> proven) {
    return new ChangeStep(
        ENDPOINTS,
        host -> true,
        (host, facts) -> allowed(registries.endpointChanges(host, facts, some(host, proven))));
  }

  private List<HostChange> allowed(List<? extends HostChange> changes) {
    return changes.stream()
        .map(
            change ->
                hostsFileInPlace && change instanceof BlockChange block
                    ? block.allowInPlace()
                    : change)
        .toList();
  }

  private static List<Host> some(Host node, List<Host> proven) {
    if (proven.isEmpty()) {
      throw new HostStateException(
          node.address(),
          "no registry is proven to serve, so this host is told of none; look at the rows"
              + " distribute, registry, audit and ready of the registry hosts");
    }
    return proven;
  }

  private Step script(String label, String undoLabel) {
    return new ChangeStep(
        label,
        ClusterSteps::joins,
        (host, facts) ->
            registries.scripts().change(host, label, undoLabel).stream()
                .map(HostChange.class::cast)
                .toList());
  }
}

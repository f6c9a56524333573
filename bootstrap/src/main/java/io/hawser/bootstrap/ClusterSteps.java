package io.hawser.bootstrap;

import com.google.common.base.Suppliers;
import io.hawser.bootstrap.adoption.Adopted;
import io.hawser.bootstrap.adoption.Adoption;
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
import io.hawser.registry.RegistryMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
  static final String CLUSTER_NAMES = "cluster names";

  /** Under these names built-in steps stand in journals. */
  static final Set<String> BUILT_IN =
      Set.of(
          RootfsTrees.OWNER,
          Adoption.NAME,
          WATCH,
          Distribution.OWNER,
          Distribution.STEP,
          AUDIT,
          READY,
          NAMES,
          CLUSTER_NAMES,
          "init-cri",
          "init",
          ENDPOINTS,
          AuthorityChange.NAME,
          LoginChange.NAME,
          Retirement.NAME,
          ProvenReplicas.NAME,
          UndoStep.WITHDRAW,
          UndoStep.RESET,
          UndoStep.HOOKS,
          Deadline.NAME);

  private final Cluster cluster;
  private final Registries registries;
  private final List<ExternalDependency> dependencies;
  private final Hooks hooks;
  private final boolean hostsFileInPlace;
  private final RegistryMode mode;
  private final Supplier<RootfsTrees> trees;

  ClusterSteps(
      Cluster cluster,
      Registries registries,
      RunOptions options,
      boolean hostsFileInPlace,
      RegistryMode mode,
      Supplier<RootfsTrees> trees) {
    this.mode = mode;
    this.trees = trees;
    this.hostsFileInPlace = hostsFileInPlace;
    this.cluster = cluster;
    this.registries = registries;
    this.dependencies = options.dependencies();
    this.hooks = options.hooks(cluster);
  }

  /** What the images put on the hosts; for plans only, since a Filesystem mounts them. */
  Step mount() {
    return new ChangeStep(RootfsTrees.OWNER, host -> true, trees.get()::changes);
  }

  /** Whether scripts of the rootfs may run on a host. */
  private boolean runsScripts(Host host, Adopted adopted) {
    return (isToInstall(host, adopted) && hasScript("init-registry"))
        || (joins(host) && !adopted.isMember(host) && (hasScript("init-cri") || hasScript("init")));
  }

  /** A registry that sealos installed is one of the replicas as it is. */
  private boolean isToInstall(Host host, Adopted adopted) {
    return registries.replicas().contains(host) && !adopted.hasRegistry(host);
  }

  private boolean hasScript(String label) {
    return cluster.labelled(label).isPresent();
  }

  /** A host that is only a registry joins no cluster, so nothing is initialised for one there. */
  private static boolean joins(Host host) {
    return host.is(Role.MASTER) || host.is(Role.NODE);
  }

  Hooks hooks() {
    return hooks;
  }

  /**
   * What comes before the registries.
   *
   * @param call the whole of what is done
   */
  List<Step> fill(Adopted adopted, Phase call) {
    List<Step> steps = new ArrayList<>();
    steps.add(new AdoptStep(cluster, adopted));
    steps.addAll(hooks.before(call));
    steps.addAll(hooks.before(Phase.REGISTRIES));
    steps.add(
        new ChangeStep(
            WATCH,
            host -> runsScripts(host, adopted),
            (host, facts) -> WatchList.changes(cluster, host)));
    steps.add(new DistributeStep(registries, adopted));
    return steps;
  }

  /** Steps with the hooks before and after them. */
  private List<Step> phase(Phase phase, List<? extends Step> steps) {
    List<Step> all = new ArrayList<>(hooks.before(phase));
    all.addAll(steps);
    all.addAll(hooks.after(phase));
    return all;
  }

  /** Makes the registries serve. */
  InstallStep install(Adopted adopted) {
    return new InstallStep(registries, host -> isToInstall(host, adopted));
  }

  /** Proves what they hold. */
  Step audit() {
    return new RegistryStep(
        AUDIT, registries, (host, access) -> registries.audit(access.apply(host)));
  }

  /** Proves that they serve, also for others of these hosts. */
  Step ready(List<Host> hosts) {
    return new RegistryStep(
        READY, registries, (host, access) -> new Readiness(registries, access).of(host, hosts));
  }

  /** What init does after that, given the replicas that nodes may be told of. */
  List<Step> init(List<Host> proven, Adopted adopted) {
    List<Step> steps = new ArrayList<>();
    List<Step> first = dependencySteps(true);
    if (!first.isEmpty()) {
      steps.addAll(phase(Phase.DEPENDENCIES, first));
    }
    steps.add(names(proven, host -> !adopted.isMember(host)));
    if (mode == RegistryMode.SEALOS) {
      steps.add(clusterNames(adopted));
    }
    Step cri = new ScriptStep(script("init-cri", "clean-cri", adopted));
    steps.addAll(phase(Phase.INIT_CRI, List.of(cri)));
    Step init = new InitScript(script("init", "clean", adopted), Suppliers.memoize(trees::get));
    steps.addAll(phase(Phase.INIT_SCRIPT, List.of(init)));
    List<Step> last = List.of(endpoints(proven), names(proven, adopted::isMember));
    steps.addAll(phase(Phase.ENDPOINTS, last));
    return steps;
  }

  private List<Step> dependencySteps(boolean beforeInit) {
    return dependencies.stream()
        .filter(dependency -> dependency.isBeforeInit() == beforeInit)
        .map(ExternalDependency::step)
        .toList();
  }

  private Step clusterNames(Adopted adopted) {
    return new ChangeStep(
        CLUSTER_NAMES,
        host -> joins(host) && !adopted.isMember(host),
        (host, facts) -> allowed(List.of(ClusterNames.lines(cluster, host))));
  }

  /** What applyExternalDeps does after that. */
  List<Step> dependencies(List<Host> proven, Adopted adopted) {
    List<Step> own = dependencies.stream().map(ExternalDependency::step).toList();
    List<Step> steps = new ArrayList<>(phase(Phase.DEPENDENCIES, own));
    steps.addAll(phase(Phase.ENDPOINTS, tell(proven, adopted)));
    return steps;
  }

  /** What tells hosts of replicas. */
  List<Step> tell(List<Host> proven, Adopted adopted) {
    return List.of(
        names(proven, host -> !adopted.isMember(host)),
        endpoints(proven),
        names(proven, adopted::isMember));
  }

  /**
   * Everything, each step once, for a plan, which takes it that every replica will be proven.
   *
   * @param trust what hosts are told of registries that will have other certificates
   */
  List<PlannedStep> all(Adopted adopted, PlannedStep trust) {
    List<PlannedStep> steps = new ArrayList<>(fill(adopted, Phase.INIT));
    steps.add(trust);
    steps.addAll(List.of(install(adopted), audit(), ready(cluster.hosts())));
    steps.addAll(hooks.after(Phase.REGISTRIES));
    steps.addAll(init(registries.replicas(), adopted));
    steps.addAll(hooks.after(Phase.INIT));
    List<Step> rest = dependencySteps(false);
    boolean told = !dependencySteps(true).isEmpty();
    steps.addAll(phase(Phase.EXTERNAL_DEPS, told ? rest : phase(Phase.DEPENDENCIES, rest)));
    return steps;
  }

  /**
   * Where scripts run they come before, since those pull by the name. On hosts that sealos brought
   * up the runtime goes by the name until it has its list: they come after.
   */
  private Step names(List<Host> proven, Predicate<Host> which) {
    return reconciled(NAMES, which, nameChanges(proven), endpointChanges(proven));
  }

  private Step endpoints(List<Host> proven) {
    return reconciled(ENDPOINTS, host -> true, endpointChanges(proven), nameChanges(proven));
  }

  /** The block in the hosts file may be wanted by both, and is journalled under one name. */
  private static Step reconciled(
      String name, Predicate<Host> which, DependencyChanges own, DependencyChanges other) {
    return new ReconciledStep(new ChangeStep(name, which, own), other, name.equals(NAMES));
  }

  private DependencyChanges nameChanges(List<Host> proven) {
    return (host, facts) -> {
      List<Host> known = some(host, proven);
      List<HostChange> own = registries.endpointChanges(host, facts, known);
      return allowed(
          registries.endpointChanges(EndpointStrategies.hostsFile(), host, facts, known).stream()
              .map(lines -> own.stream().filter(o -> covers(o, lines)).findFirst().orElse(lines))
              .toList());
    };
  }

  /** The strategy may want more in the same block: then both steps write what it wants. */
  private static boolean covers(HostChange change, HostChange lines) {
    return change instanceof BlockChange more
        && lines instanceof BlockChange block
        && more.path().equals(block.path())
        && more.marker().equals(block.marker())
        && more.lines().containsAll(block.lines());
  }

  private DependencyChanges endpointChanges(List<Host> proven) {
    return (host, facts) -> allowed(registries.endpointChanges(host, facts, some(host, proven)));
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

  /** Those that sealos ran already would stop what runs on the host, and be undone by reset. */
  private ChangeStep script(String label, String undoLabel, Adopted adopted) {
    return new ChangeStep(
        label,
        host -> joins(host) && !adopted.isMember(host),
        (host, facts) ->
            registries.scripts().change(host, label, undoLabel).stream()
                .map(HostChange.class::cast)
                .toList());
  }
}

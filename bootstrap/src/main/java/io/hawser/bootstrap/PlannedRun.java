package io.hawser.bootstrap;

import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.ClusterLock;
import io.hawser.host.HostStep;
import io.hawser.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out a plan that was kept, and nothing else: when a host, or what is wanted of it, is not
 * as the plan has it any more, nothing is begun anywhere.
 *
 * <p>Bootstrap and filesystem must be made as they were for the plan: of the same Clusterfile,
 * images, options and store of secrets. All hosts are locked first; then they are looked at, and
 * the lock is given back after the last change. So no other run of Hawser can come in between.
 * Whoever changes a host by hand meanwhile is kept out by nothing.
 *
 * <p>Thread-safe, but two runs that change one host must not go on at once.
 */
public final class PlannedRun {
  private final Plan plan;
  private final JournalledBootstrap bootstrap;
  private final Filesystem filesystem;

  private PlannedRun(Plan plan, JournalledBootstrap bootstrap, Filesystem filesystem) {
    this.plan = plan;
    this.bootstrap = bootstrap;
    this.filesystem = filesystem;
  }

  /**
   * A run of a plan; nothing is done yet.
   *
   * @throws IllegalArgumentException if {@link Bootstraps} did not make the bootstrap, or {@link
   *     Filesystems} the filesystem: others take locks of their own, so that the hosts could change
   *     after they were compared with the plan
   */
  public static PlannedRun of(Plan plan, Bootstrap bootstrap, Filesystem filesystem) {
    List<String> faults = new ArrayList<>();
    if (!(bootstrap instanceof JournalledBootstrap)) {
      faults.add("the bootstrap, a " + bootstrap.getClass().getName() + ", is none of Bootstraps");
    }
    if (!Filesystems.isLockable(filesystem)) {
      faults.add(
          "the filesystem, a " + filesystem.getClass().getName() + ", is none of Filesystems");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "a plan is carried out under one lock, but "
              + String.join(", and ", faults)
              + " and takes locks by itself; give what the builders made");
    }
    return new PlannedRun(plan, (JournalledBootstrap) bootstrap, filesystem);
  }

  /**
   * Where hosts are not as the plan has them; empty when it can be carried out. Only looks, and
   * takes no lock: what is so now need not be so later.
   */
  public List<PlanDifference> differences() {
    return List.copyOf(PlanComparison.of(plan, bootstrap.plan()));
  }

  /**
   * Locks all hosts, looks at them, then mounts, initialises and applies the dependencies on all of
   * them, and gives the lock back.
   *
   * @return the rows of all three
   * @throws PlanRefusedException if something differs, or a host cannot be locked; then nothing was
   *     changed
   * @throws io.hawser.filesystem.FilesystemException if a tree could not be mounted on a host; then
   *     nothing follows on any
   * @throws BootstrapException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException at once, with nothing changed, if another run is
   *     changing one of the hosts
   * @throws IllegalArgumentException if the filesystem is for another cluster than the bootstrap;
   *     nothing was changed
   */
  public Report apply() {
    try (ClusterLock lock = bootstrap.lock()) {
      JournalledBootstrap locked = bootstrap.under(lock);
      Filesystem mounting = Filesystems.under(lock, filesystem);
      List<PlanDifference> differences = differences(locked, lock);
      if (!differences.isEmpty()) {
        throw new PlanRefusedException(plan.cluster(), differences);
      }
      return mounting
          .mountRootfs(plan.hosts())
          .then(locked.init())
          .then(locked.applyExternalDeps());
    }
  }

  private List<PlanDifference> differences(JournalledBootstrap locked, ClusterLock lock) {
    List<PlanDifference> differences = new ArrayList<>(PlanComparison.of(plan, locked.plan()));
    Set<String> known = differences.stream().map(PlanDifference::host).collect(Collectors.toSet());
    // Whoever cannot be locked can rarely be looked at, and is named once.
    locked
        .unlocked(lock)
        .forEach(
            (host, why) -> {
              if (!known.contains(host.address())) {
                String words = "it cannot be locked: " + HostStep.message(host.address(), why);
                differences.add(new PlanDifference(host.address(), "", "", words));
              }
            });
    return differences;
  }
}

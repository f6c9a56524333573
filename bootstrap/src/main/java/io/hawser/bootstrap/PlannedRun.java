package io.hawser.bootstrap;

import io.hawser.filesystem.Filesystem;
import io.hawser.report.Report;
import java.util.List;

/**
 * Carries out a plan that was kept, and nothing else: when a host, or what is wanted of it, is not
 * as the plan has it any more, nothing is begun anywhere.
 *
 * <p>Bootstrap and filesystem must be made as they were for the plan: of the same Clusterfile,
 * images, options and store of secrets. Hosts are looked at right before the run begins; it has no
 * lock meanwhile, so who changes a host in that moment is not seen, as with every call.
 *
 * <p>Thread-safe, but two runs that change one host must not go on at once.
 */
public final class PlannedRun {
  private final Plan plan;
  private final Bootstrap bootstrap;
  private final Filesystem filesystem;

  private PlannedRun(Plan plan, Bootstrap bootstrap, Filesystem filesystem) {
    this.plan = plan;
    this.bootstrap = bootstrap;
    this.filesystem = filesystem;
  }

  /** A run of a plan; nothing is done yet. */
  public static PlannedRun of(Plan plan, Bootstrap bootstrap, Filesystem filesystem) {
    return new PlannedRun(plan, bootstrap, filesystem);
  }

  /** Where hosts are not as the plan has them; empty when it can be carried out. Only looks. */
  public List<PlanDifference> differences() {
    return List.copyOf(PlanComparison.of(plan, bootstrap.plan()));
  }

  /**
   * Looks at the hosts, then mounts, initialises and applies the dependencies on all of them.
   *
   * @return the rows of all three
   * @throws PlanRefusedException if something differs; then nothing was changed
   * @throws io.hawser.filesystem.FilesystemException if a tree could not be mounted on a host; then
   *     nothing follows on any
   * @throws BootstrapException if a host failed; the others are done all the same
   * @throws io.hawser.host.ClusterLockedException if another run is changing one of the hosts
   */
  public Report apply() {
    List<PlanDifference> differences = differences();
    if (!differences.isEmpty()) {
      throw new PlanRefusedException(plan.cluster(), differences);
    }
    return filesystem
        .mountRootfs(plan.hosts())
        .then(bootstrap.init())
        .then(bootstrap.applyExternalDeps());
  }
}

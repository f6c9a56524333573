package io.hawser.registry;

import io.hawser.report.Report;

/**
 * Brings artifacts to replica hosts. {@link ArtifactDistributors} has ready ones; write one to use
 * another way, for example a shared disk or an object store. {@code docs/extend-distributor.md} has
 * the rules and how it is done, {@code DistributorConformance} of the testkit asks whether one
 * keeps them.
 */
@FunctionalInterface
public interface ArtifactDistributor {
  /**
   * Makes every target hold all files of the job's content, those with a lower rank first and each
   * whole and right or not at all. What stays on a host gets there through {@link
   * Distribution#access} and {@link io.hawser.host.HostAccess#apply}, under {@link
   * Distribution#OWNER}; bytes that were brought some other way are shown to it as a seed ({@link
   * io.hawser.host.TreeChange#seededFrom}). What else lies there stays, and a second run changes
   * nothing. A host whose turn comes after the deadline is not begun.
   *
   * <p>Blocks until all is done; the job's listener hears each host once.
   *
   * @return one result for each target, in their order, with {@link Distribution#STEP} as the step:
   *     changed, OK when nothing had to be done, or failed; a host that fails is a result and does
   *     not keep the others from being filled
   * @throws io.hawser.CancelledException if the thread is interrupted
   */
  Report distribute(Distribution job);
}

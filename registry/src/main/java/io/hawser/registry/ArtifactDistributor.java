package io.hawser.registry;

import io.hawser.report.Report;

/**
 * Brings artifacts to replica hosts. {@link ArtifactDistributors} has ready ones; write one to use
 * another way, for example a shared disk.
 */
@FunctionalInterface
public interface ArtifactDistributor {
  /**
   * Makes every target hold all files of the job's content, those with a lower rank first and each
   * whole or not at all, changing hosts only through {@link Distribution#access}.
   *
   * @return one result for each target, in their order, with {@link Distribution#STEP} as the step;
   *     a host that fails is a result and does not keep the others from being filled
   */
  Report distribute(Distribution job);
}

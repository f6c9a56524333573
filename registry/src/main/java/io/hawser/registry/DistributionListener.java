package io.hawser.registry;

import io.hawser.report.HostResult;

/** Hears of each host as soon as it is finished. May be called on several threads at once. */
@FunctionalInterface
public interface DistributionListener {
  /** A host has all artifacts now, or has failed. */
  void onHost(HostResult result);
}

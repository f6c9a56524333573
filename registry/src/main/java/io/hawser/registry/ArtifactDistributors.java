package io.hawser.registry;

import io.hawser.fanout.FanOut;

/** Makes the distributors that come with Hawser. All are immutable and thread-safe. */
public final class ArtifactDistributors {
  private static final int HOSTS_AT_ONCE = 8;

  private ArtifactDistributors() {}

  /**
   * The controller sends to every host itself, to eight at once, only what the host does not have.
   * A host whose turn comes after the deadline is not begun; one that was begun is finished.
   */
  public static ArtifactDistributor direct() {
    return new DirectDistributor(Math.min(HOSTS_AT_ONCE, FanOut.DEFAULT_WIDTH));
  }
}

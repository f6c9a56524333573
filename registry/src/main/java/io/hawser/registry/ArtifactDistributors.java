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

  /**
   * Each byte leaves the controller about once: the first host passes on what arrives to the
   * second, while it arrives, and so on; what one of the hosts has already comes from there. A host
   * that is silent or slow, or has no {@code openssl}, gets from the controller what it lacks.
   * Between hosts a TCP port from 49152 on is open while a part is under way, for just the one that
   * the controller named. {@code docs/design/relay.md} describes it.
   *
   * <p>With one host it is the same as {@link #direct}. When its turn comes after the deadline
   * nothing is begun; what was begun is finished.
   */
  public static ArtifactDistributor relay() {
    return new RelayDistributor();
  }

  /** Whether a distributor is {@link #relay}, so that hosts have to reach each other for it. */
  public static boolean isRelay(ArtifactDistributor distributor) {
    return distributor instanceof RelayDistributor;
  }

  /** What is used when nothing else is chosen: {@link #relay}. */
  public static ArtifactDistributor standard() {
    return relay();
  }
}

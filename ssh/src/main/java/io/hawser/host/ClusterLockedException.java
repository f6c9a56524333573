package io.hawser.host;

import io.hawser.HawserException;

/**
 * Somebody else is changing the cluster; nothing was changed. The message names who, which host
 * says so, and since when. When the owner is dead its lock frees itself: within seconds after its
 * process ended, within a minute after it hung or its network went away.
 */
public final class ClusterLockedException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final String owner;
  private final String since;

  ClusterLockedException(String cluster, String host, String owner, String since) {
    super(
        host
            + ": cluster "
            + cluster
            + " is locked by "
            + owner
            + " since "
            + since
            + " (the host's clock). Wait until that run has ended, or end it; the lock of a dead"
            + " run frees itself within a minute, nothing has to be removed by hand");
    this.host = host;
    this.owner = owner;
    this.since = since;
  }

  /** The address of the host that says so. */
  public String host() {
    return host;
  }

  /** Who has the lock: user, machine, process id, and a word that only this run has. */
  public String owner() {
    return owner;
  }

  /** Since when, in UTC by the host's clock, for example {@code 2026-05-04T03:02:01Z}. */
  public String since() {
    return since;
  }
}

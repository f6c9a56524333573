package io.hawser.host;

import java.time.Duration;

/**
 * For how long a host takes the owner of its lock for alive when it hears nothing of it, and how
 * often the owner says so.
 */
record LockTerms(Duration lease, Duration pulse) {
  static final LockTerms STANDARD = of(Duration.ofSeconds(60));

  LockTerms {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("the lease " + lease + " is not within 1 s to 1 h");
    }
    if (pulse.multipliedBy(2).compareTo(lease) > 0 || pulse.isZero() || pulse.isNegative()) {
      throw new IllegalArgumentException(
          "to be told every " + pulse + " is too seldom for a lease of " + lease);
    }
  }

  /** A lease, told four times in it. */
  static LockTerms of(Duration lease) {
    return new LockTerms(lease, lease.dividedBy(4));
  }
}

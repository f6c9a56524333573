package io.hawser.report;

/** How one step ended on one host. */
public enum Status {
  /** Done, and the host is different now. */
  CHANGED,
  /** Nothing had to be done; for a check: it passed. */
  OK,
  /** Done or passed, with something that a person should look at. */
  WARNING,
  /** Not tried, because the step does not apply or an earlier step failed on this host. */
  SKIPPED,
  /** A check that could not be carried out; it is neither passed nor failed. */
  NOT_CHECKED,
  /** The link was lost while it ran: it may or may not have taken effect. */
  UNKNOWN,
  /** Tried, and failed. */
  FAILED;

  /** Whether a run with this result did not succeed. */
  public boolean isFailure() {
    return this == FAILED || this == UNKNOWN;
  }
}

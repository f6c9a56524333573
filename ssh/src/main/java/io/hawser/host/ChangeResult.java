package io.hawser.host;

import java.io.Serializable;

/**
 * How one change ended, or how it compares.
 *
 * @param target what the change is about
 * @param summary the change for people
 * @param outcome how it ended
 * @param message more about it; empty when there is nothing to say. Of a tree that was compared:
 *     what else lies there, which stays
 */
public record ChangeResult(
    String target, String summary, HostChange.Outcome outcome, String message)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Why it failed; {@code NONE} when it did not. The message names the path. */
  public WriteProblem problem() {
    return outcome == HostChange.Outcome.FAILED ? WriteProblem.of(message) : WriteProblem.NONE;
  }
}

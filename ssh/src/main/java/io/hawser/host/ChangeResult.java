package io.hawser.host;

import io.hawser.report.Transfer;
import java.io.Serializable;
import java.util.List;

/**
 * How one change ended, or how it compares.
 *
 * @param target what the change is about
 * @param summary the change for people
 * @param outcome how it ended
 * @param message more about it; empty when there is nothing to say. Of a tree that was compared:
 *     what else lies there, which stays
 * @param transfers of a tree that was sent: what came, and from where
 */
public record ChangeResult(
    String target,
    String summary,
    HostChange.Outcome outcome,
    String message,
    List<Transfer> transfers)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public ChangeResult {
    transfers = List.copyOf(transfers);
  }

  /** A result of a change for which nothing was sent. */
  public ChangeResult(String target, String summary, HostChange.Outcome outcome, String message) {
    this(target, summary, outcome, message, List.of());
  }

  /** Why it failed; {@code NONE} when it did not. The message names the path. */
  public WriteProblem problem() {
    return outcome == HostChange.Outcome.FAILED ? WriteProblem.of(message) : WriteProblem.NONE;
  }
}

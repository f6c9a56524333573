package io.hawser.bootstrap;

import java.io.Serializable;

/**
 * Where a host, or what is wanted of it, is not as it was when a plan was made.
 *
 * @param host the host's address; empty when it is about the plan as a whole
 * @param step the step of the plan; empty when it is about all of them
 * @param target what it is about: a path, a unit, the name of a command; empty for the whole host
 * @param message what differs
 */
public record PlanDifference(String host, String step, String target, String message)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Host, step, target and message on one line. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    for (String part : new String[] {host, step, target}) {
      line.append(part).append(part.isEmpty() ? "" : ": ");
    }
    return line + message;
  }
}

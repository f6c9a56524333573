package io.hawser.ssh.mock;

import io.hawser.HawserException;

/** A strict {@link MockSsh} was given a command that no rule covers. */
public final class UnscriptedCommandException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final String command;
  private final String closest;

  UnscriptedCommandException(String host, String command, String closest) {
    super(
        host
            + ": \""
            + command
            + "\" is not scripted; "
            + (closest.isEmpty() ? "there are no rules" : "the closest rule is " + closest));
    this.host = host;
    this.command = command;
    this.closest = closest;
  }

  /** The address of the host. */
  public String host() {
    return host;
  }

  /** The command for people. */
  public String command() {
    return command;
  }

  /** The rule that comes closest, as it was written; empty when there are no rules. */
  public String closest() {
    return closest;
  }
}

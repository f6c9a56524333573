package io.hawser.ssh.mock;

import io.hawser.HawserException;
import io.hawser.cluster.SshAccess;

/** A strict {@link MockSsh} was given a command that no rule covers. */
public final class UnscriptedCommandException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String host;
  private final String command;
  private final String closest;

  UnscriptedCommandException(Endpoint host, String command, String closest) {
    super(
        host.address()
            + ": \""
            + command
            + "\" is not scripted; "
            + (closest.isEmpty() ? "there are no rules" : "the closest rule is " + closest)
            + ". Script it: when("
            + literal(named(host))
            + ", "
            + literal(command)
            + ").answer(0, \"\", \"\"); or let every command succeed: lenient()");
    this.host = host.address();
    this.command = command;
    this.closest = closest;
  }

  /** As a test names it: the port is told only where it is not the usual one. */
  private static String named(Endpoint host) {
    boolean usual = host.port() == SshAccess.DEFAULT_PORT;
    return usual ? host.address() : host.toString();
  }

  /** A text as it stands in source code, so that it can be pasted into a test. */
  static String literal(String text) {
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + '"';
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

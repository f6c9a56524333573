package io.hawser.ssh;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * What a command did. Plain data, immutable and serialisable; holds what the host printed but never
 * the command's input, environment or secrets.
 */
public final class CommandResult implements Serializable {
  private static final long serialVersionUID = 2L;

  private final String host;
  private final String command;
  private final Exit exit;
  private final byte[] stdout;
  private final byte[] stderr;
  private final Duration took;

  private CommandResult(
      String host, String command, Exit exit, byte[] stdout, byte[] stderr, Duration took) {
    this.host = host;
    this.command = command;
    this.exit = exit;
    this.stdout = stdout;
    this.stderr = stderr;
    this.took = took;
  }

  /** Makes a result; for implementations of {@link SshClient}. */
  public static CommandResult of(
      CharSequence host,
      CharSequence command,
      Exit exit,
      byte[] stdout,
      byte[] stderr,
      Duration took) {
    return new CommandResult(
        host.toString(), command.toString(), exit, stdout.clone(), stderr.clone(), took);
  }

  /** Makes a result of texts. */
  public static CommandResult of(
      CharSequence host,
      CharSequence command,
      Exit exit,
      CharSequence stdout,
      CharSequence stderr,
      Duration took) {
    return of(host, command, exit, utf8(stdout), utf8(stderr), took);
  }

  private static byte[] utf8(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The host's address. */
  public String host() {
    return host;
  }

  /** The command for people; no environment, no input. */
  public String command() {
    return command;
  }

  /** How it ended. */
  public Exit exit() {
    return exit;
  }

  /**
   * What it printed, as UTF-8; malformed bytes become U+FFFD. At most the command's capture limit:
   * the head, a line that says how much is missing, and the tail.
   */
  public String stdout() {
    return new String(stdout, StandardCharsets.UTF_8);
  }

  /** The same of standard error. */
  public String stderr() {
    return new String(stderr, StandardCharsets.UTF_8);
  }

  /** What it printed, byte for byte, within the same limit; a copy. */
  public byte[] stdoutBytes() {
    return stdout.clone();
  }

  /** The same of standard error. */
  public byte[] stderrBytes() {
    return stderr.clone();
  }

  /** From start to end. */
  public Duration took() {
    return took;
  }

  /** Whether it ended by itself with status 0. */
  public boolean succeeded() {
    return exitCode() == 0;
  }

  /** The exit status 0 to 255, or -1 when it did not end by itself; {@link #exit} says why. */
  public int exitCode() {
    return exit instanceof Exit.Exited exited ? exited.code() : -1;
  }

  /** The lines of stdout, without line ends. */
  public List<String> lines() {
    return stdout().lines().toList();
  }

  /**
   * This result, if the command succeeded.
   *
   * @throws CommandException if it did not
   */
  public CommandResult orThrow() {
    if (succeeded()) {
      return this;
    }
    throw new CommandException(this);
  }

  @Override
  public String toString() {
    return host + ": \"" + command + "\" " + exit;
  }
}

package io.hawser.ssh;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What a command did. Plain data, serialisable; holds what the host printed but never the command's
 * input, environment or secrets.
 *
 * @param host the host's address
 * @param command the command for people, secrets as stars
 * @param exit how it ended
 * @param stdout what it printed, at most the command's capture limit: the head, a line that says
 *     how much is missing, and the tail
 * @param stderr the same for standard error
 * @param took from start to end
 */
public record CommandResult(
    String host, String command, Exit exit, String stdout, String stderr, Duration took)
    implements Serializable {
  private static final long serialVersionUID = 1L;

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
    return stdout.lines().toList();
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
}

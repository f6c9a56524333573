package io.hawser.ssh;

import io.hawser.HawserException;
import java.util.List;

/** A command on a host did not succeed. The message ends with the last lines of its output. */
public final class CommandException extends HawserException {
  private static final long serialVersionUID = 1L;

  private static final int LAST_LINES = 5;

  private final CommandResult result;

  /** Makes the exception of a result that did not succeed. */
  public CommandException(CommandResult result) {
    super(describe(result));
    this.result = result;
  }

  /** The address of the host. */
  public String host() {
    return result.host();
  }

  /** What the command did. */
  public CommandResult result() {
    return result;
  }

  private static String describe(CommandResult result) {
    String output = lastLines(result.stderr().isBlank() ? result.stdout() : result.stderr());
    return result.host()
        + ": \""
        + result.command()
        + "\" "
        + ended(result.exit())
        + (output.isEmpty() ? "" : ": " + output);
  }

  private static String ended(Exit exit) {
    if (exit instanceof Exit.Exited exited) {
      return "exited " + exited.code();
    }
    if (exit instanceof Exit.Signalled signalled) {
      return "was ended by signal " + signalled.signal();
    }
    if (exit instanceof Exit.TimedOut timedOut) {
      return "ran into its limit: " + timedOut.limit();
    }
    return "lost its link, its outcome is unknown: " + ((Exit.Lost) exit).cause();
  }

  private static String lastLines(String text) {
    List<String> lines =
        text.lines()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}

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
    String output = output(result);
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

  /** Scripts of a rootfs say why they gave up on stdout, in red, beside noise on stderr. */
  private static String output(CommandResult result) {
    List<String> printed = lines(result.stdout());
    if (result.stderr().isBlank()) {
      return last(printed);
    }
    String said = last(lines(result.stderr()));
    return printed.stream()
        .filter(line -> line.startsWith("ERROR"))
        .reduce((earlier, later) -> later)
        .map(error -> said.isEmpty() ? error : error + " | " + said)
        .orElse(said);
  }

  private static List<String> lines(String text) {
    return text.lines()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").strip())
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String last(List<String> lines) {
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}

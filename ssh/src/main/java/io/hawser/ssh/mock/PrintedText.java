package io.hawser.ssh.mock;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Hands over what a command printed as a client over the network does. */
final class PrintedText {
  private static final int LONGEST_LINE = 64 * 1024;

  private PrintedText() {}

  static CommandResult result(String host, Command command, Answer answer, Duration took) {
    return CommandResult.of(
        host,
        command.toString(),
        answer.exit(),
        kept(answer.stdout(), command.capture()),
        kept(answer.stderr(), command.capture()),
        took);
  }

  static void tell(Answer answer, OutputListener listener) {
    answer.stdout().lines().forEach(line -> pieces(line, false, listener));
    answer.stderr().lines().forEach(line -> pieces(line, true, listener));
  }

  private static void pieces(String line, boolean isError, OutputListener listener) {
    int from = 0;
    while (line.length() - from > LONGEST_LINE) {
      listener.onLine(line.substring(from, from + LONGEST_LINE), isError);
      from += LONGEST_LINE;
    }
    listener.onLine(line.substring(from), isError);
  }

  /** The head, a line that says how much is missing, and the tail. */
  private static String kept(String text, int limit) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= limit) {
      return text;
    }
    int half = limit / 2;
    return new String(bytes, 0, half, StandardCharsets.UTF_8)
        + "\n[... "
        + (bytes.length - 2 * half)
        + " bytes left out ...]\n"
        + new String(bytes, bytes.length - half, half, StandardCharsets.UTF_8);
  }
}

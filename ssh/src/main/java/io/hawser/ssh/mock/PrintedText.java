package io.hawser.ssh.mock;

import io.hawser.ssh.OutputListener;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands over what a command printed as a client over the network does. */
final class PrintedText {
  private static final Logger LOG = LoggerFactory.getLogger(PrintedText.class);
  private static final int LONGEST_LINE = 64 * 1024;

  private final OutputListener listener;
  private boolean broken;

  PrintedText(OutputListener listener) {
    this.listener = listener;
  }

  /** Tells all lines of stdout, then those of stderr; the last need not have a line end. */
  void tell(Answer answer) {
    lines(answer.stdout(), false);
    lines(answer.stderr(), true);
  }

  private void lines(String text, boolean isError) {
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      pieces(text.substring(start, end), isError);
      start = end + 1;
    }
    if (start < text.length()) {
      pieces(text.substring(start), isError);
    }
  }

  private void pieces(String line, boolean isError) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    int start = 0;
    while (bytes.length - start > LONGEST_LINE) {
      say(new String(bytes, start, LONGEST_LINE, StandardCharsets.UTF_8), isError);
      start += LONGEST_LINE;
    }
    String rest = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    say(rest.endsWith("\r") ? rest.substring(0, rest.length() - 1) : rest, isError);
  }

  /** A listener is the caller's code: one that throws is not called again, the command goes on. */
  private void say(String line, boolean isError) {
    if (broken) {
      return;
    }
    try {
      listener.onLine(line, isError);
    } catch (Exception | Error e) {
      if (e instanceof VirtualMachineError fatal) {
        throw fatal;
      }
      broken = true;
      LOG.warn("the listener of a command's output failed; the command goes on without it", e);
    }
  }

  /** The head, a line that says how much is missing, and the tail. */
  static String kept(String text, int limit) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int most = Math.max(0, limit);
    if (bytes.length <= most) {
      return text;
    }
    int tail = most / 2;
    int head = most - tail;
    return new String(bytes, 0, head, StandardCharsets.UTF_8)
        + "\n[Hawser: "
        + (bytes.length - head - tail)
        + " bytes left out here]\n"
        + new String(bytes, bytes.length - tail, tail, StandardCharsets.UTF_8);
  }
}

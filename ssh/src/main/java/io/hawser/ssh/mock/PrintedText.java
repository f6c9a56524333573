package io.hawser.ssh.mock;

import io.hawser.ssh.OutputListener;
import io.hawser.ssh.runner.Capture;
import io.hawser.ssh.runner.IsolatedListener;
import io.hawser.ssh.runner.LineSplitter;
import java.nio.charset.StandardCharsets;

/** Hands over what a command printed as a client over the network does. */
final class PrintedText {
  private PrintedText() {}

  /** Tells all lines of stdout, then those of stderr; the last need not have a line end. */
  static void tell(Answer answer, OutputListener listener) {
    OutputListener isolated = new IsolatedListener(listener);
    tell(answer.stdout(), new LineSplitter(isolated, false));
    tell(answer.stderr(), new LineSplitter(isolated, true));
  }

  private static void tell(String text, LineSplitter lines) {
    lines.add(text.getBytes(StandardCharsets.UTF_8));
    lines.finish();
  }

  /** The head, a line that says how much is missing, and the tail. */
  static byte[] kept(String text, int limit) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Capture capture = new Capture(limit);
    capture.add(bytes, 0, bytes.length);
    return capture.bytes();
  }
}

package io.hawser.examples.installer;

import io.hawser.bootstrap.StepListener;
import io.hawser.report.HostResult;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * On a terminal, one line about the step that ended last, written over and over and wiped in the
 * end: the table that follows has them all. Elsewhere nothing.
 */
final class StepLine implements StepListener {
  private final PrintWriter out;
  private final boolean terminal;
  private int ended;
  private int failed;
  private int width;

  StepLine(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void onResult(HostResult result) {
    if (!terminal) {
      return;
    }
    ended++;
    failed += result.status().isFailure() ? 1 : 0;
    String text =
        String.format(
            Locale.ROOT,
            "%d ended, %d failed; last: %s %s",
            ended,
            failed,
            result.host(),
            result.step());
    out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    out.flush();
    width = text.length();
  }

  /** Wipes the line, so that what is printed next has its own. */
  synchronized void end() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      out.flush();
    }
    ended = 0;
    failed = 0;
    width = 0;
  }
}

package io.hawser.ssh.runner;

import java.time.Duration;
import java.util.List;

/** Values as they stand in messages to people. */
public final class Words {
  private static final int LAST_LINES = 3;
  private static final int LONGEST = 4_000;

  private Words() {}

  /** A duration as seconds: {@code 10 s}, {@code 0.3 s}. */
  public static String seconds(Duration time) {
    long millis = time.toMillis();
    return (millis % 1000 == 0 ? String.valueOf(millis / 1000) : String.valueOf(millis / 1000.0))
        + " s";
  }

  /** What a host said, without control characters and not longer than a page. */
  public static String printable(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " ...";
    return cut.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
  }

  /** The last lines of what a host printed, in one line and without control characters. */
  public static String lastLines(String text) {
    List<String> lines =
        text.lines()
            .map(line -> line.replaceAll("\\p{Cntrl}", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }
}

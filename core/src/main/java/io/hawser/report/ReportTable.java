package io.hawser.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws results as aligned columns. */
final class ReportTable {
  private ReportTable() {}

  static String of(List<HostResult> results) {
    if (results.isEmpty()) {
      return "nothing to do\n";
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"HOST", "STEP", "RESULT", "TIME", "WHAT"});
    for (HostResult result : results) {
      rows.add(
          new String[] {
            result.host(),
            result.step(),
            result.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            String.format(Locale.ROOT, "%.1fs", result.took().toMillis() / 1000.0),
            printable(result.message())
          });
    }
    int[] width = new int[4];
    for (String[] row : rows) {
      for (int i = 0; i < width.length; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      appendRow(out, rows.get(i), width);
      if (i > 0) {
        appendAdvice(out, results.get(i - 1));
      }
    }
    return out.toString();
  }

  private static void appendRow(StringBuilder out, String[] row, int[] width) {
    for (int i = 0; i < width.length; i++) {
      out.append(row[i]).append(" ".repeat(width[i] - row[i].length() + 2));
    }
    out.append(row[4]).append('\n');
  }

  private static void appendAdvice(StringBuilder out, HostResult result) {
    boolean calm = result.status() == Status.OK || result.status() == Status.CHANGED;
    if (!calm) {
      result.details().forEach(line -> out.append("    ").append(printable(line)).append('\n'));
    }
    if (result.hint() != null) {
      out.append("    hint: ").append(printable(result.hint())).append('\n');
    }
  }

  /** Control characters from a host must not move a person's cursor or forge a line. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                out.append(c == '\n' ? " | " : String.format("\\x%02x", c));
              } else {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}

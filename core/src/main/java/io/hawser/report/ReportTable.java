package io.hawser.report;

import java.util.ArrayList;
import java.util.List;

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
            Printable.line(result.host()),
            Printable.line(result.step()),
            Figures.word(result.status()),
            Figures.seconds(result.took()),
            Printable.line(result.message())
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
      result
          .details()
          .forEach(line -> out.append("    ").append(Printable.line(line)).append('\n'));
    }
    if (result.hint() != null) {
      out.append("    hint: ").append(Printable.line(result.hint())).append('\n');
    }
  }
}

package io.hawser.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a recap as aligned columns, figures to the right. */
final class RecapTable {
  private static final List<Status> ALWAYS =
      List.of(Status.OK, Status.CHANGED, Status.WARNING, Status.SKIPPED, Status.FAILED);
  private static final List<Status> ORDER =
      List.of(
          Status.OK,
          Status.CHANGED,
          Status.WARNING,
          Status.SKIPPED,
          Status.NOT_CHECKED,
          Status.UNKNOWN,
          Status.FAILED);

  private RecapTable() {}

  /** These columns, and those in which there is something. */
  static List<Status> columns(List<Recap.Row> rows, List<Status> always) {
    return ORDER.stream()
        .filter(s -> always.contains(s) || rows.stream().anyMatch(row -> row.count(s) > 0))
        .toList();
  }

  static String of(List<Recap.Row> rows) {
    if (rows.isEmpty()) {
      return "";
    }
    List<Status> columns = columns(rows, ALWAYS);
    List<List<String>> lines = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("HOST"));
    columns.forEach(status -> head.add(Figures.word(status).toUpperCase(Locale.ROOT)));
    head.add("TIME");
    lines.add(head);
    for (Recap.Row row : rows) {
      List<String> line = new ArrayList<>(List.of(Printable.line(row.host())));
      columns.forEach(status -> line.add(String.valueOf(row.count(status))));
      line.add(Figures.seconds(row.took()));
      lines.add(line);
    }
    return aligned(lines);
  }

  private static String aligned(List<List<String>> lines) {
    StringBuilder out = new StringBuilder();
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        int column = i;
        int width = lines.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
        String gap = " ".repeat(width - line.get(i).length());
        out.append(i == 0 ? line.get(i) + gap : "  " + gap + line.get(i));
      }
      out.append('\n');
    }
    return out.toString();
  }
}

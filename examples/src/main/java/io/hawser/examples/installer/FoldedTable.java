package io.hawser.examples.installer;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table for people in which hosts that fared alike share a line, so that of many hosts those show
 * that did not. Whatever did not go well keeps lines of its own, and the reports that are written
 * have every row.
 */
final class FoldedTable {
  /** As many checks that could not be made on a host, for one reason, are one line. */
  private static final int ALIKE = 3;

  /** What rows that share a line have in common. */
  private record Alike(String host, String step, Status status, String message) {}

  private FoldedTable() {}

  /** What is new since another report, which was shown already. */
  static String since(Report before, Report report) {
    Set<Alike> shown =
        before.results().stream().map(row -> of(row, row.host())).collect(Collectors.toSet());
    List<HostResult> rows =
        report.results().stream().filter(row -> !shown.contains(of(row, row.host()))).toList();
    return rows.isEmpty() && !report.results().isEmpty()
        ? "as before\n"
        : table(rows, hosts(report.results()).size());
  }

  /** All of a report. */
  static String of(Report report) {
    return table(report.results(), hosts(report.results()).size());
  }

  private static String table(List<HostResult> rows, int hosts) {
    Map<Alike, List<HostResult>> unreached =
        rows.stream()
            .filter(row -> row.status() == Status.NOT_CHECKED)
            .collect(
                Collectors.groupingBy(
                    row -> new Alike(row.host(), "", row.status(), row.message())));
    Map<Alike, List<HostResult>> lines = new LinkedHashMap<>();
    for (HostResult row : rows) {
      Alike host = new Alike(row.host(), "", row.status(), row.message());
      boolean many = unreached.getOrDefault(host, List.of()).size() >= ALIKE;
      Alike line = many ? host : of(row, isPlain(row) ? "" : row.host());
      lines.computeIfAbsent(line, any -> new ArrayList<>()).add(row);
    }
    List<HostResult> folded = new ArrayList<>();
    lines.forEach((line, alike) -> folded.add(folded(line, alike, hosts)));
    return Report.of(folded).toTable();
  }

  private static Alike of(HostResult row, String host) {
    return new Alike(host, row.step(), row.status(), row.message());
  }

  /** Whether a row says nothing but its message. */
  private static boolean isPlain(HostResult row) {
    return switch (row.status()) {
      case OK, CHANGED -> true;
      case SKIPPED, NOT_CHECKED -> row.hint() == null && row.details().isEmpty();
      default -> false;
    };
  }

  private static HostResult folded(Alike line, List<HostResult> alike, int all) {
    HostResult first = alike.get(0);
    if (alike.size() == 1) {
      return first;
    }
    int some = hosts(alike).size();
    String host = some == all ? "all " + all + " hosts" : first.host() + " +" + (some - 1);
    return HostResult.of(
            some == 1 ? first.host() : host,
            line.step().isEmpty() ? alike.size() + " checks" : line.step(),
            line.status(),
            line.message())
        .took(alike.stream().map(HostResult::took).reduce(Duration.ZERO, FoldedTable::longer));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static Set<String> hosts(List<HostResult> rows) {
    return rows.stream().map(HostResult::host).collect(Collectors.toSet());
  }
}

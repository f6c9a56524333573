package io.hawser.report;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the results of each host come to: how many were done, changed something, failed. Plain data,
 * immutable, serialisable. {@link Report#recap} makes it.
 */
public final class Recap implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The figures of one host; each result counts once.
   *
   * @param host the host's address
   * @param ok results {@code OK}
   * @param changed results {@code CHANGED}
   * @param warning results {@code WARNING}
   * @param skipped results {@code SKIPPED}
   * @param notChecked results {@code NOT_CHECKED}
   * @param unknown results {@code UNKNOWN}, which are failures too
   * @param failed results {@code FAILED}
   * @param took how long its steps took in all; hosts are worked on at the same time, so the sum
   *     over hosts is not the time of the run
   */
  public record Row(
      String host,
      int ok,
      int changed,
      int warning,
      int skipped,
      int notChecked,
      int unknown,
      int failed,
      Duration took)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private static Row of(String host, List<HostResult> results) {
      return new Row(
          host,
          count(results, Status.OK),
          count(results, Status.CHANGED),
          count(results, Status.WARNING),
          count(results, Status.SKIPPED),
          count(results, Status.NOT_CHECKED),
          count(results, Status.UNKNOWN),
          count(results, Status.FAILED),
          results.stream().map(HostResult::took).reduce(Duration.ZERO, Duration::plus));
    }

    private static int count(List<HostResult> results, Status status) {
      return (int) results.stream().filter(result -> result.status() == status).count();
    }

    /** How many of its results have a status. */
    public int count(Status status) {
      return switch (status) {
        case OK -> ok;
        case CHANGED -> changed;
        case WARNING -> warning;
        case SKIPPED -> skipped;
        case NOT_CHECKED -> notChecked;
        case UNKNOWN -> unknown;
        case FAILED -> failed;
      };
    }
  }

  private final ArrayList<Row> rows;

  private Recap(List<Row> rows) {
    this.rows = new ArrayList<>(rows);
  }

  static Recap of(List<HostResult> results) {
    Map<String, List<HostResult>> byHost = new LinkedHashMap<>();
    for (HostResult result : results) {
      byHost.computeIfAbsent(result.host(), host -> new ArrayList<>()).add(result);
    }
    List<Row> rows = new ArrayList<>();
    byHost.forEach((host, own) -> rows.add(Row.of(host, own)));
    return new Recap(rows);
  }

  /** One row for each host, in the order in which they first appear. */
  public List<Row> rows() {
    return List.copyOf(rows);
  }

  /**
   * A table for people, one line per host; columns of what is rare ({@code not checked}, {@code
   * unknown}) only where there is some. Ends with a newline; empty without hosts.
   */
  public String toTable() {
    return RecapTable.of(rows);
  }

  @Override
  public String toString() {
    return toTable();
  }
}

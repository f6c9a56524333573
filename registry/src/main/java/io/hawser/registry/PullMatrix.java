package io.hawser.registry;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which node can pull from which replica, and how long that takes: what the rows of {@link
 * Registries#verify} say, as a table. Plain data, immutable, serialisable.
 */
public final class PullMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String STEP = "pull from ";

  /**
   * What one node got from one replica.
   *
   * @param node the address of the node
   * @param replica the address of the replica's host
   * @param status {@code OK} when known content came with the right digest; {@code NOT_CHECKED}
   *     when the node has no program to ask with
   * @param took how long the node waited for it; when it did not come, how long that took to know
   * @param message what came, or why nothing did
   */
  public record Cell(String node, String replica, Status status, Duration took, String message)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private String text() {
      return switch (status) {
        case OK -> took.toMillis() + " ms";
        case NOT_CHECKED -> "?";
        default -> "fails";
      };
    }
  }

  private final ArrayList<Cell> cells;

  private PullMatrix(List<Cell> cells) {
    this.cells = new ArrayList<>(cells);
  }

  /** What a report of {@link Registries#verify} says; its other rows are passed over. */
  public static PullMatrix of(Report report) {
    List<Cell> cells = new ArrayList<>();
    for (HostResult row : report.results()) {
      if (row.step().startsWith(STEP)) {
        String replica = row.step().substring(STEP.length());
        cells.add(new Cell(row.host(), replica, row.status(), row.took(), row.message()));
      }
    }
    return new PullMatrix(cells);
  }

  /** All cells, replica by replica. */
  public List<Cell> cells() {
    return List.copyOf(cells);
  }

  /** Whether every node pulls from every replica, and could be asked. */
  public boolean isComplete() {
    return cells.stream().allMatch(cell -> cell.status() == Status.OK);
  }

  /**
   * For people: a line per node with a column per replica, then why what fails does; ends with a
   * newline.
   */
  public String toTable() {
    Set<String> replicas = new LinkedHashSet<>();
    Map<String, Map<String, Cell>> nodes = new LinkedHashMap<>();
    for (Cell cell : cells) {
      replicas.add(cell.replica());
      nodes.computeIfAbsent(cell.node(), node -> new LinkedHashMap<>()).put(cell.replica(), cell);
    }
    StringBuilder out = new StringBuilder(padded("node \\ replica"));
    replicas.forEach(replica -> out.append(padded(replica)));
    out.append('\n');
    nodes.forEach(
        (node, row) -> {
          out.append(padded(node));
          for (String replica : replicas) {
            Cell cell = row.get(replica);
            out.append(padded(cell == null ? "" : cell.text()));
          }
          out.append('\n');
        });
    cells.stream()
        .filter(cell -> cell.status() != Status.OK)
        .forEach(
            cell ->
                out.append(cell.node() + " from " + cell.replica() + ": " + cell.message() + "\n"));
    return out.toString().replaceAll(" +\n", "\n");
  }

  private static String padded(String text) {
    return String.format(Locale.ROOT, "%-17s ", text);
  }

  @Override
  public String toString() {
    return toTable();
  }
}

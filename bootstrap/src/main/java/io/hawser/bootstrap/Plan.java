package io.hawser.bootstrap;

import io.hawser.host.ChangeResult;
import io.hawser.host.HostChange;
import io.hawser.report.Json;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do, step by step and host by host. Plain data, serialisable; secrets do not
 * stand in it.
 */
public final class Plan implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * One step on one host.
   *
   * @param step the step's name
   * @param host the host's address
   * @param changes the step's changes and how each compares with the host
   * @param problem why the host could not be looked at, or null
   */
  public record Item(String step, String host, List<ChangeResult> changes, @Nullable String problem)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Copies the changes. */
    public Item {
      changes = List.copyOf(changes);
    }
  }

  private final ArrayList<Item> items;

  Plan(List<Item> items) {
    this.items = new ArrayList<>(items);
  }

  /** The items in the order of a run. */
  public List<Item> items() {
    return List.copyOf(items);
  }

  /** Whether a run would change any host. */
  public boolean hasChanges() {
    return items.stream().flatMap(item -> item.changes().stream()).anyMatch(Plan::isChange);
  }

  /** Whether a host could not be looked at, so that the plan is not complete. */
  public boolean hasProblems() {
    return items.stream().anyMatch(item -> item.problem() != null);
  }

  private static boolean isChange(ChangeResult change) {
    return change.outcome() == HostChange.Outcome.CHANGED;
  }

  /** The plan for people: what would change, one line each; ends with a newline. */
  public String toTable() {
    StringBuilder out = new StringBuilder();
    int same = 0;
    int changed = 0;
    for (Item item : items) {
      for (ChangeResult change : item.changes()) {
        if (isChange(change)) {
          changed++;
          line(out, item, "+ " + change.summary());
        } else {
          same++;
        }
      }
      if (item.problem() != null) {
        line(out, item, "? " + item.problem());
      }
    }
    String total = changed == 0 ? "nothing to change" : changed + " to change";
    return out + total + ", " + same + " as wanted already\n";
  }

  private static void line(StringBuilder out, Item item, String text) {
    out.append(String.format("%-16s %-18s %s%n", item.host(), item.step(), text));
  }

  /** The plan as a JSON document with {@code formatVersion} 1. */
  public String toJson() {
    List<Object> rows = new ArrayList<>();
    for (Item item : items) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("step", item.step());
      row.put("host", item.host());
      row.put("problem", item.problem());
      row.put("changes", item.changes().stream().map(Plan::asMap).toList());
      rows.add(row);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("formatVersion", 1);
    document.put("hasChanges", hasChanges());
    document.put("items", rows);
    return Json.write(document);
  }

  private static Map<String, Object> asMap(ChangeResult change) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("target", change.target());
    map.put("summary", change.summary());
    map.put("outcome", change.outcome().name());
    return map;
  }

  @Override
  public String toString() {
    return toTable();
  }
}

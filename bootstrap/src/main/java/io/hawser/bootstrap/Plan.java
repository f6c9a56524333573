package io.hawser.bootstrap;

import io.hawser.host.PlannedChange;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do, step by step and host by host: with the commands that hosts execute, the
 * files that are written as differences, and the bytes that are sent. Plain data, serialisable;
 * secrets do not stand in it. It can be kept as JSON and carried out later by {@link PlannedRun}.
 *
 * <p>It takes it that every registry will be proven, and knows only what Hawser itself does: not
 * what the scripts of images change beside it. docs/plan.md tells how to read one.
 */
public final class Plan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The {@code formatVersion} of {@link #toJson()}. */
  public static final int FORMAT_VERSION = 1;

  /**
   * One step on one host.
   *
   * @param step the step's name
   * @param host the host's address
   * @param changes the step's changes and what each would do
   * @param problem why the host could not be looked at, or null
   */
  public record Item(
      String step, String host, List<PlannedChange> changes, @Nullable String problem)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Copies the changes. */
    public Item {
      changes = List.copyOf(changes);
    }
  }

  private final String cluster;
  private final String origin;
  private final ArrayList<String> hosts;
  private final ArrayList<Item> items;

  Plan(String cluster, String origin, List<String> hosts, List<Item> items) {
    this.cluster = cluster;
    this.origin = origin;
    this.hosts = new ArrayList<>(hosts);
    this.items = new ArrayList<>(items);
  }

  /**
   * Reads a plan that was kept as {@link #toJson()}. What is read may have been changed by somebody
   * else meanwhile: {@link PlannedRun} finds out.
   *
   * @throws IllegalArgumentException if it is no plan, is damaged, or has another version; the
   *     message names the place
   */
  public static Plan fromJson(CharSequence json) {
    return PlanJson.read(json.toString());
  }

  /** The name of the cluster. */
  public String cluster() {
    return cluster;
  }

  /** The hosts of the cluster, each as {@code ip:port}. */
  public List<String> hosts() {
    return List.copyOf(hosts);
  }

  /** The items in the order of a run. */
  public List<Item> items() {
    return List.copyOf(items);
  }

  /** Stands for the secrets of the cluster, from which the marks of changes are made. */
  String origin() {
    return origin;
  }

  /** Whether a run would change any host. */
  public boolean hasChanges() {
    return items.stream()
        .flatMap(item -> item.changes().stream())
        .anyMatch(PlannedChange::isChange);
  }

  /** Whether a host could not be looked at, so that the plan is not complete. */
  public boolean hasProblems() {
    return items.stream().anyMatch(item -> item.problem() != null);
  }

  /**
   * The sizes of the files of trees that hosts lack or have otherwise, in bytes, for all hosts
   * together. What a broken transfer left behind, and what hosts pass on to each other, is counted
   * as if it had to be sent.
   */
  public long sentBytes() {
    return items.stream()
        .flatMap(item -> item.changes().stream())
        .mapToLong(PlannedChange::sentBytes)
        .sum();
  }

  /** The plan for people: what would change, one line each; ends with a newline. */
  public String toTable() {
    return PlanText.table(this);
  }

  /**
   * The plan in full for people: below each change the commands and the differences of files.
   * {@code patch -p1} reads it, given a directory with one directory per host, named by address.
   * Ends with a newline.
   */
  public String toDiff() {
    return PlanText.diff(this);
  }

  /** The plan as a JSON document with {@code formatVersion}, see {@link #FORMAT_VERSION}. */
  public String toJson() {
    return PlanJson.write(this);
  }

  /** Whether both say the same, word for word. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Plan that
        && cluster.equals(that.cluster)
        && origin.equals(that.origin)
        && hosts.equals(that.hosts)
        && items.equals(that.items);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cluster, origin, hosts, items);
  }

  @Override
  public String toString() {
    return toTable();
  }
}

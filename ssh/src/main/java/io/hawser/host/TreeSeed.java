package io.hawser.host;

import com.google.common.collect.Iterables;
import io.hawser.ssh.Input;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files of a tree that lie on the host already, in the directory of {@link TreeChange#seededFrom}.
 * They are copied into the staging and digested there, as if they had been sent.
 */
final class TreeSeed implements ListingReader.Visitor {
  private final AgentClient agent;
  private final TreeChange change;
  private final String token;
  private final TransferMeter meter;
  private final TreeDelta delta;
  private final Supplier<Map<String, Long>> partial;
  // By index of the tree.
  private final BitSet there = new BitSet();
  private int files;
  private long bytes;

  /**
   * Files of one host.
   *
   * @param partial by path in the staging, how many bytes of a long file are there and right: it is
   *     gone on with
   */
  TreeSeed(
      AgentClient agent,
      TreeChange change,
      String token,
      TransferMeter meter,
      TreeDelta delta,
      Supplier<Map<String, Long>> partial) {
    this.agent = agent;
    this.change = change;
    this.token = token;
    this.meter = meter;
    this.delta = delta;
    this.partial = partial;
  }

  /** Whether there is such a directory to look at. */
  boolean isGiven() {
    return !change.seed().isEmpty();
  }

  /** How many files need not be sent. */
  int files() {
    return files;
  }

  /** How many bytes they have. */
  long bytes() {
    return bytes;
  }

  /** Takes what is there; the staging is, with its directories. */
  void take() {
    ListingReader.names(agent, change.seed(), this);
    TreeBatches parts = TreeBatches.ofFiles(delta, this::isWanted, TreeBatches.MOST_BYTES);
    for (List<TreeStep> part = parts.next(); !part.isEmpty(); part = parts.next()) {
      take(part);
    }
  }

  @Override
  public void entry(String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
    int index = type == TreeFile.Type.FILE ? delta.tree().paths().find(path) : -1;
    if (index >= 0 && delta.tree().type(index) == type && delta.tree().size(index) == size) {
      there.set(index);
    }
  }

  private boolean isWanted(TreeStep step) {
    return there.get(step.index()) && partial.get().getOrDefault(step.staged(), 0L) == 0;
  }

  private void take(List<TreeStep> part) {
    Input names =
        AgentClient.lines(
            Iterables.transform(
                part,
                step -> Operations.mode(step.mode()) + " " + WireField.encode(step.staged())));
    ArrivedDigests answer = new ArrivedDigests(agent, "seed", part);
    long size = part.stream().mapToLong(TreeStep::size).sum();
    agent.call(answer, TreeSender.limit(size), names, "seed", change.path(), token, change.seed());
    Map<String, String> onHost = answer.byPath();
    for (TreeStep step : part) {
      // What is not right stays in the staging until the right one takes its place.
      String found = onHost.get(step.staged());
      if (found != null && found.equals(delta.tree().digest(step.index()))) {
        delta.arrived(step.index());
        files++;
        bytes += step.size();
        meter.bytes(step.size());
        meter.files(1);
      }
    }
  }
}

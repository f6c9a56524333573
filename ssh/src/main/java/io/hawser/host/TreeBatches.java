package io.hawser.host;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Cuts what is to be sent into parts: directories and links first, then files; a long file alone.
 * Thread-safe: each part is taken by one.
 */
final class TreeBatches {
  /** A part holds no more bytes than one, or one file. */
  static final long MOST_BYTES = 512 << 20;

  private static final int MOST_STEPS = 10_000;

  private static final PeekingIterator<TreeStep> NONE =
      Iterators.peekingIterator(Collections.emptyIterator());

  private final PeekingIterator<TreeStep> holders;
  private final PeekingIterator<TreeStep> files;
  private final long mostBytes;

  TreeBatches(TreeDelta delta) {
    this(only(delta, step -> !step.isFile()), only(delta, TreeStep::isFile), MOST_BYTES);
  }

  private TreeBatches(
      PeekingIterator<TreeStep> holders, PeekingIterator<TreeStep> files, long mostBytes) {
    this.holders = holders;
    this.files = files;
    this.mostBytes = mostBytes;
  }

  /** Nothing but directories and links. */
  static TreeBatches withoutFiles(TreeDelta delta) {
    return new TreeBatches(only(delta, step -> !step.isFile()), NONE, MOST_BYTES);
  }

  /** Some of the files, in parts of a size. */
  static TreeBatches ofFiles(TreeDelta delta, Predicate<TreeStep> which, long mostBytes) {
    return new TreeBatches(NONE, only(delta, step -> step.isFile() && which.test(step)), mostBytes);
  }

  private static PeekingIterator<TreeStep> only(TreeDelta delta, Predicate<TreeStep> which) {
    Iterator<TreeStep> steps =
        Iterators.filter(
            delta.steps(),
            step -> step.isSent() && which.test(step) && !delta.hasArrived(step.index()));
    return Iterators.peekingIterator(steps);
  }

  /** Whether directories or links are left; what lies in them may not arrive before. */
  synchronized boolean hasHolders() {
    return holders.hasNext();
  }

  /** The first part, which may be empty; no long file. */
  synchronized List<TreeStep> first() {
    return part(false);
  }

  /** The next part; empty when nothing is left. */
  synchronized List<TreeStep> next() {
    return part(true);
  }

  private List<TreeStep> part(boolean mayBeLarge) {
    List<TreeStep> batch = new ArrayList<>();
    while (batch.size() < MOST_STEPS && holders.hasNext()) {
      batch.add(holders.next());
    }
    if (holders.hasNext()) {
      return batch;
    }
    long bytes = 0;
    while (files.hasNext() && batch.size() < MOST_STEPS) {
      TreeStep file = files.peek();
      boolean fits = bytes + file.size() <= mostBytes && !isLarge(file);
      if (!fits && !(mayBeLarge && batch.isEmpty())) {
        break;
      }
      bytes += file.size();
      batch.add(files.next());
      if (!fits) {
        break;
      }
    }
    return batch;
  }

  private static boolean isLarge(TreeStep step) {
    return step.size() > LargeFile.PIECE;
  }

  static boolean isLarge(List<TreeStep> batch) {
    return batch.size() == 1 && isLarge(batch.get(0));
  }
}

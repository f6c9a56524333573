package io.hawser.host;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Cuts what is to be sent into parts: directories and links first, then files; a long file alone.
 * Thread-safe: each part is taken by one.
 */
final class TreeBatches {
  /** A part holds no more bytes than one, or one file. */
  static final long MOST_BYTES = 32 << 20;

  private static final int MOST_STEPS = 4_000;

  private final PeekingIterator<TreeStep> holders;
  private final PeekingIterator<TreeStep> files;

  TreeBatches(TreeDelta delta) {
    holders = only(delta, step -> !step.isFile());
    files = only(delta, TreeStep::isFile);
  }

  private static PeekingIterator<TreeStep> only(
      TreeDelta delta, java.util.function.Predicate<TreeStep> which) {
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

  /** The next part; empty when nothing is left. */
  synchronized List<TreeStep> next() {
    List<TreeStep> batch = new ArrayList<>();
    while (batch.size() < MOST_STEPS && holders.hasNext()) {
      batch.add(holders.next());
    }
    if (holders.hasNext()) {
      return batch;
    }
    long bytes = 0;
    while (files.hasNext() && batch.size() < MOST_STEPS) {
      long size = files.peek().size();
      boolean fits = bytes + size <= MOST_BYTES && size <= LargeFile.PIECE;
      if (!fits && !batch.isEmpty()) {
        break;
      }
      bytes += size;
      batch.add(files.next());
      if (!fits) {
        break;
      }
    }
    return batch;
  }

  static boolean isLarge(List<TreeStep> batch) {
    return batch.size() == 1 && batch.get(0).size() > LargeFile.PIECE;
  }
}

package io.hawser.host;

import com.google.common.collect.AbstractIterator;
import io.hawser.host.TreeStep.How;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The steps of one rank, each with what becomes of the directory that it lies in. */
final class RankWalk extends AbstractIterator<TreeStep> {
  private final TreeDelta delta;
  private final TreeColumns tree;
  private final int rank;
  private final PathTable.Cursor cursor;
  private final Deque<Level> levels = new ArrayDeque<>();

  /**
   * A directory that the walk is in.
   *
   * @param path with a slash behind it
   * @param isMade whether this rank makes it
   */
  private record Level(String path, boolean isMade) {}

  RankWalk(TreeDelta delta, int rank) {
    this.delta = delta;
    this.tree = delta.tree();
    this.rank = rank;
    this.cursor = tree.paths().cursor();
  }

  @Override
  protected @Nullable TreeStep computeNext() {
    while (cursor.next()) {
      int index = cursor.index();
      boolean isDirectory = tree.type(index) == TreeFile.Type.DIRECTORY;
      boolean isDue = tree.rank(index) == rank;
      if (isDue || isDirectory) {
        String path = cursor.path();
        while (!levels.isEmpty() && !path.startsWith(levels.peek().path())) {
          levels.pop();
        }
        TreeStep step = isDue ? step(index, path) : null;
        if (isDirectory) {
          levels.push(new Level(path + "/", step != null && step.isSent()));
        }
        if (step != null) {
          return step;
        }
      }
    }
    return endOfData();
  }

  private @Nullable TreeStep step(int index, String path) {
    if (delta.isSame(index)) {
      return null;
    }
    if (delta.modeThere(index).isPresent()) {
      int there = delta.modeThere(index).getAsInt();
      return new TreeStep(How.MODE, rank, path, tree.mode(index), there, tree, index);
    }
    boolean inside = !levels.isEmpty() && levels.peek().isMade();
    How how = inside ? How.INSIDE : delta.isMissing(index) ? How.NEW : How.REPLACE;
    return new TreeStep(how, rank, path, delta.firstMode(index), 0, tree, index);
  }
}

package io.hawser.host;

import com.google.common.collect.Iterators;
import io.hawser.host.TreeStep.How;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done so that a directory of a host holds a tree: one byte for each entry, filled
 * in from the host's listing. Not thread-safe but for {@link #arrived}.
 */
final class TreeDelta {
  private static final int OWNER_MAY = 0700;

  private static final byte MISSING = 0;
  private static final byte SAME = 1;
  private static final byte OTHER_MODE = 2;
  private static final byte OTHER = 3;
  private static final byte UNREAD = 4;
  private static final byte UNREAD_OTHER_MODE = 5;
  private static final byte STATE = 7;
  private static final byte ARRIVED = 8;

  private final TreeColumns tree;
  private final byte[] states;
  private final Map<Integer, Integer> modes = new HashMap<>();

  TreeDelta(FileTree tree) {
    this.tree = tree.columns();
    this.states = new byte[this.tree.count()];
  }

  TreeColumns tree() {
    return tree;
  }

  /** Takes what lies on the host, entry by entry; says whether it is of the tree. */
  boolean found(String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
    int index = tree.paths().find(path);
    if (index < 0) {
      return false;
    }
    byte state = OTHER;
    if (type == tree.type(index)) {
      state =
          switch (type) {
            case DIRECTORY -> SAME;
            case LINK -> target.equals(tree.file(index).linkTarget()) ? SAME : OTHER;
            case FILE -> size == tree.size(index) ? UNREAD : OTHER;
          };
    }
    boolean otherMode =
        (state == SAME || state == UNREAD)
            && type != TreeFile.Type.LINK
            && !tree.isImplied(index)
            && mode != tree.mode(index);
    if (otherMode) {
      modes.put(index, mode);
      state = state == SAME ? OTHER_MODE : UNREAD_OTHER_MODE;
    }
    states[index] = state;
    return true;
  }

  /** The paths of files of the right size whose content is to be compared. */
  void eachUnread(Consumer<String> action) {
    PathTable.Cursor cursor = tree.paths().cursor();
    while (cursor.next()) {
      if (isUnread(cursor.index())) {
        action.accept(cursor.path());
      }
    }
  }

  private boolean isUnread(int index) {
    return states[index] == UNREAD || states[index] == UNREAD_OTHER_MODE;
  }

  boolean hasUnread() {
    for (int i = 0; i < states.length; i++) {
      if (isUnread(i)) {
        return true;
      }
    }
    return false;
  }

  /** Takes the digest of a file on the host. A file that the host does not digest is another. */
  void digested(String path, String sha256) {
    int index = tree.paths().find(path);
    if (index >= 0 && isUnread(index) && tree.digest(index).equals(sha256)) {
      states[index] = states[index] == UNREAD ? SAME : OTHER_MODE;
    }
  }

  /** Whether just the same is to be done for another host. */
  boolean isLike(TreeDelta other) {
    return Arrays.equals(states, other.states) && modes.equals(other.modes);
  }

  /** Whether nothing is to be done. */
  boolean isEmpty() {
    for (byte state : states) {
      if (state != SAME) {
        return false;
      }
    }
    return true;
  }

  /** Remembers that an entry lies in the staging, verified. */
  void arrived(int index) {
    synchronized (states) {
      states[index] |= ARRIVED;
    }
  }

  boolean hasArrived(int index) {
    synchronized (states) {
      return (states[index] & ARRIVED) != 0;
    }
  }

  /** The steps in the order in which they are done. */
  Iterator<TreeStep> steps() {
    int ranks = 0;
    for (int i = 0; i < states.length; i++) {
      ranks |= 1 << tree.rank(i);
    }
    List<Iterator<TreeStep>> parts = new ArrayList<>();
    for (int rank = 0; rank <= TreeColumns.HIGHEST_RANK; rank++) {
      if ((ranks & 1 << rank) != 0) {
        parts.add(new RankWalk(this, rank));
      }
    }
    parts.add(lastModes());
    return Iterators.concat(parts.iterator());
  }

  boolean isSame(int index) {
    return (states[index] & STATE) == SAME;
  }

  boolean isMissing(int index) {
    return (states[index] & STATE) == MISSING;
  }

  /** The mode that an entry has on the host when nothing but that is wrong; else empty. */
  OptionalInt modeThere(int index) {
    return (states[index] & STATE) == OTHER_MODE
        ? OptionalInt.of(modes.getOrDefault(index, tree.mode(index)))
        : OptionalInt.empty();
  }

  /**
   * The mode with which an entry is made. Where we are not root, a directory that its owner may not
   * write can be neither filled nor moved: it gets its mode in the end.
   */
  int firstMode(int index) {
    boolean isDirectory = tree.type(index) == TreeFile.Type.DIRECTORY;
    return isDirectory ? tree.mode(index) | OWNER_MAY : tree.mode(index);
  }

  // Inner ones first: an outer one may close the way.
  private Iterator<TreeStep> lastModes() {
    Deque<TreeStep> steps = new ArrayDeque<>();
    PathTable.Cursor cursor = tree.paths().cursor();
    while (cursor.next()) {
      int index = cursor.index();
      boolean isMade = !isSame(index) && modeThere(index).isEmpty();
      if (isMade && firstMode(index) != tree.mode(index)) {
        int rank = TreeColumns.HIGHEST_RANK;
        String path = cursor.path();
        int first = firstMode(index);
        steps.push(new TreeStep(How.MODE, rank, path, tree.mode(index), first, tree, index));
      }
    }
    return steps.iterator();
  }
}

package io.hawser.host;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Makes a tree of entries that come in order, with the directories that nobody named. */
final class TreeBuilder {
  private static final int IMPLIED_MODE = 0755;

  private final TreeColumns.Builder columns = new TreeColumns.Builder();
  // The directories that the last entry lies in, the innermost first; an entry that is none ends
  // it.
  private final Deque<Directory> open = new ArrayDeque<>();
  private @Nullable String closed;

  private record Directory(String path, int index) {}

  void add(TreeFile file) {
    enter(file.path(), file.type(), file.rank());
    columns.given(file);
  }

  int source(Path root) {
    return columns.source(root);
  }

  void scanned(int source, String path, TreeFile.Type type, int mode, long size, long stamp) {
    enter(path, type, 0);
    columns.scanned(source, path, type, mode, size, stamp);
  }

  void copy(TreeColumns from, int index, String path) {
    enter(path, from.type(index), from.rank(index));
    columns.copy(from, index, path);
  }

  FileTree build() {
    return new FileTree(columns.build());
  }

  private void enter(String path, TreeFile.Type type, int rank) {
    if (closed != null && isBelow(path, closed)) {
      throw new IllegalArgumentException(
          "the tree has " + path + ", but " + closed + " is not a directory");
    }
    while (!open.isEmpty() && !isBelow(path, open.peek().path())) {
      open.pop();
    }
    int from = open.isEmpty() ? 0 : open.peek().path().length() + 1;
    for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      String parent = path.substring(0, slash);
      open.push(new Directory(parent, columns.count()));
      columns.implied(parent, IMPLIED_MODE);
    }
    open.forEach(directory -> columns.lower(directory.index(), rank));
    if (type == TreeFile.Type.DIRECTORY) {
      open.push(new Directory(path, columns.count()));
    } else {
      closed = path;
    }
  }

  private static boolean isBelow(String path, String directory) {
    return path.length() > directory.length()
        && path.charAt(directory.length()) == '/'
        && path.startsWith(directory);
  }

  /** One tree over another: a merge of two sorted lists. */
  static FileTree laidOver(TreeColumns under, TreeColumns over) {
    TreeBuilder builder = new TreeBuilder();
    PathTable.Cursor low = under.paths().cursor();
    PathTable.Cursor high = over.paths().cursor();
    boolean lows = low.next();
    boolean highs = high.next();
    while (lows || highs) {
      int order = !lows ? 1 : !highs ? -1 : low.compareTo(high);
      if (order < 0) {
        builder.underneath(under, low.index(), low.path());
        lows = low.next();
      } else {
        boolean implied = over.isImplied(high.index());
        boolean both = order == 0;
        if (!implied) {
          builder.copy(over, high.index(), high.path());
        } else if (both && under.type(low.index()) == TreeFile.Type.DIRECTORY) {
          builder.underneath(under, low.index(), low.path());
        }
        highs = high.next();
        lows = both ? low.next() : lows;
      }
    }
    return builder.build();
  }

  /** An entry of the lower tree, unless the upper one has made a file or link of its directory. */
  private void underneath(TreeColumns under, int index, String path) {
    boolean hidden = closed != null && isBelow(path, closed);
    if (!hidden && !under.isImplied(index)) {
      copy(under, index, path);
    }
  }
}

package io.hawser.host;

import java.util.TreeSet;

/**
 * What lies on a host in directories of a tree and is not of the tree: somebody else's, or left
 * from an earlier tree. What lies in a directory that is itself somebody else's is not counted.
 */
final class OtherEntries {
  private static final int NAMED = 3;

  private final TreeColumns tree;
  private final TreeSet<String> first = new TreeSet<>();
  private long count;

  OtherEntries(TreeColumns tree) {
    this.tree = tree;
  }

  /** Takes the path of an entry that is not of the tree. */
  void see(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0 || isDirectory(path.substring(0, slash))) {
      count++;
      first.add(path);
      if (first.size() > NAMED) {
        first.pollLast();
      }
    }
  }

  private boolean isDirectory(String path) {
    int index = tree.paths().find(path);
    return index >= 0 && tree.type(index) == TreeFile.Type.DIRECTORY;
  }

  /** A sentence for people; empty when there is nothing else. */
  String sentence() {
    return count == 0
        ? ""
        : "not of this tree and left as they are: "
            + String.join(" ", first)
            + " ("
            + count
            + " in all)";
  }
}

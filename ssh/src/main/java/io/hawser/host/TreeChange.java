package io.hawser.host;

/**
 * All files of a tree lie below a directory of the host with the same content and modes. What else
 * lies there stays. New files appear in the order of {@link TreeFile#rank()}, each whole or not at
 * all, and only after their SHA-256 was computed on the host and found right.
 *
 * @param path absolute path of the directory
 * @param tree what shall lie there
 */
public record TreeChange(String path, FileTree tree) implements HostChange {
  @Override
  public String target() {
    return path;
  }

  @Override
  public String summary() {
    return String.format("tree %s: %d entries, %d bytes", path, tree.files().size(), tree.bytes());
  }
}

package io.hawser.host;

import com.google.common.collect.ImmutableSet;
import java.util.Set;

/**
 * All files of a tree lie below a directory of the host with the same content and modes. What else
 * lies there stays. New files appear in the order of {@link TreeFile#rank()}, each whole or not at
 * all, and only after their SHA-256 was computed on the host and found right.
 *
 * @param path absolute path of the directory
 * @param tree what shall lie there
 * @param check how it is seen that it lies there already
 * @param options what it may bring beyond the default
 * @param seed where files of the tree may lie on the host already, see {@link #seededFrom}; empty
 *     for nowhere
 */
public record TreeChange(
    String path, FileTree tree, Check check, Set<TreeOption> options, String seed)
    implements HostChange {
  /** How a tree is compared with what is on a host. */
  public enum Check {
    /**
     * By SHA-256 of every file on the host, unless nothing there was changed since the same tree
     * was put there: then by the times of change, which nobody but the kernel sets. The source is
     * the same when its names, modes, sizes and times are.
     */
    QUICK,
    /** By SHA-256 of every file on the host. */
    FULL
  }

  /**
   * Copies the options and looks at the links.
   *
   * @throws IllegalArgumentException if a link of the tree leads out of it, unless the options
   *     allow that; if the seed is no plain absolute path or lies in the tree
   */
  public TreeChange {
    options = ImmutableSet.copyOf(options);
    checkSeed(path, seed);
    if (!options.contains(TreeOption.LINKS_LEAVING_TREE)) {
      LeavingLinks.of(path, tree.columns())
          .ifPresent(
              links -> {
                throw new IllegalArgumentException(links);
              });
    }
  }

  private static void checkSeed(String path, String seed) {
    String closed = seed + "/";
    boolean plain = seed.startsWith("/") && !closed.contains("/./") && !closed.contains("/../");
    if (!seed.isEmpty() && (!plain || closed.startsWith(path + "/"))) {
      throw new IllegalArgumentException(
          "\""
              + seed
              + "\" cannot be the seed of the tree "
              + path
              + ": it must be an absolute path without . and .., and lie outside of the tree");
    }
  }

  /** A change without a seed. */
  public TreeChange(String path, FileTree tree, Check check, Set<TreeOption> options) {
    this(path, tree, check, options, "");
  }

  /** A change without options. */
  public TreeChange(String path, FileTree tree, Check check) {
    this(path, tree, check, ImmutableSet.of());
  }

  /** A change that compares by SHA-256. */
  public TreeChange(String path, FileTree tree) {
    this(path, tree, Check.FULL);
  }

  /**
   * The same, with a directory of the host in which files of the tree may lie, under the same
   * relative paths, because they were brought there some other way. Those that have the right size
   * are copied from there instead of being sent, and count only when the host finds their SHA-256
   * right; whatever is missing or wrong there is sent. Links in the directory are not followed and
   * the directory is only read. Everything that lies in it is listed, so it should hold little
   * else.
   *
   * @param directory absolute path; a directory that does not exist holds nothing
   * @throws IllegalArgumentException if it is no plain absolute path or lies in the tree
   */
  public TreeChange seededFrom(CharSequence directory) {
    return new TreeChange(path, tree, check, options, directory.toString());
  }

  @Override
  public String target() {
    return path;
  }

  @Override
  public String summary() {
    return String.format("tree %s: %d entries, %d bytes", path, tree.files().size(), tree.bytes());
  }
}

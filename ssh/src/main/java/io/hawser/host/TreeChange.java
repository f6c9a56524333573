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
 */
public record TreeChange(String path, FileTree tree, Check check, Set<TreeOption> options)
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
   * @throws IllegalArgumentException if a link of the tree leads out of it; the options may allow
   *     that
   */
  public TreeChange {
    options = ImmutableSet.copyOf(options);
    if (!options.contains(TreeOption.LINKS_LEAVING_TREE)) {
      LeavingLinks.of(path, tree.columns())
          .ifPresent(
              links -> {
                throw new IllegalArgumentException(links);
              });
    }
  }

  /** A change without options. */
  public TreeChange(String path, FileTree tree, Check check) {
    this(path, tree, check, ImmutableSet.of());
  }

  /** A change that compares by SHA-256. */
  public TreeChange(String path, FileTree tree) {
    this(path, tree, Check.FULL);
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

package io.hawser.testkit;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds where an absolute path of an embedded host lies on this machine.
 *
 * <p>Links are followed as the host would follow them in a chroot: an absolute target is taken
 * below the host's root again, and nothing leads out of it. A path or target that names the root
 * already, as scripts write them that put it in front themselves, is taken as it is.
 */
final class HostPaths {
  private static final int MOST_LINKS = 40;

  private HostPaths() {}

  /** The place of a path; it need not exist. */
  static Path resolve(Path root, String hostPath) {
    Deque<String> names = new ArrayDeque<>(names(root, hostPath));
    Path current = root;
    int links = 0;
    while (!names.isEmpty()) {
      String name = names.pop();
      if (name.equals("..")) {
        current = current.equals(root) ? root : parent(root, current);
      } else if (!name.equals(".")) {
        Path next = current.resolve(name);
        if (!Files.isSymbolicLink(next)) {
          current = next;
        } else if (++links > MOST_LINKS) {
          throw new UncheckedIOException(new IOException(hostPath + ": too many links"));
        } else {
          String target = target(next);
          current = target.startsWith("/") ? root : current;
          List<String> more = names(root, target);
          for (int i = more.size() - 1; i >= 0; i--) {
            names.push(more.get(i));
          }
        }
      }
    }
    return current;
  }

  private static List<String> names(Path root, String path) {
    String prefix = root.toString();
    boolean below = path.equals(prefix) || path.startsWith(prefix + "/");
    String inside = below ? path.substring(prefix.length()) : path;
    return Splitter.on('/').omitEmptyStrings().splitToList(inside);
  }

  private static Path parent(Path root, Path path) {
    Path parent = path.getParent();
    return parent == null ? root : parent;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

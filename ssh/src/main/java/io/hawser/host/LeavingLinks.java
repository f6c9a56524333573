package io.hawser.host;

import com.google.common.base.Splitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds links that lead out of their tree, as the host's system will follow them: through other
 * links of the tree, too.
 */
final class LeavingLinks {
  private static final Splitter NAMES = Splitter.on('/').omitEmptyStrings();

  /** So many links in a row the system follows; more, or a loop, lead nowhere. */
  private static final int MOST_HOPS = 40;

  private final List<String> place;
  private final TreeColumns tree;

  private LeavingLinks(List<String> place, TreeColumns tree) {
    this.place = place;
    this.tree = tree;
  }

  /**
   * Says which links leave a tree, if some do.
   *
   * @param place the directory of the host where the tree will lie
   */
  static Optional<String> of(String place, TreeColumns tree) {
    LeavingLinks links = new LeavingLinks(NAMES.splitToList(place), tree);
    // All that there is lies below /.
    return links.place.isEmpty() ? Optional.empty() : links.found(place);
  }

  private Optional<String> found(String directory) {
    String first = "";
    int count = 0;
    for (int i = 0; i < tree.count(); i++) {
      if (tree.type(i) == TreeFile.Type.LINK) {
        TreeFile link = tree.file(i);
        if (leaves(link.path(), link.linkTarget())) {
          count++;
          first = count > 1 ? first : "link " + link.path() + " points at " + link.linkTarget();
        }
      }
    }
    if (count == 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "the tree for %s leads out of itself: its %s%s. Such links are sent only when"
                + " linksLeavingTree(true), or TreeOption.LINKS_LEAVING_TREE, allows it",
            directory, first, count == 1 ? "" : ", and " + (count - 1) + " more do so"));
  }

  /** Whether following a link climbs above the tree, or begins anew outside. */
  private boolean leaves(String path, String target) {
    List<String> at = new ArrayList<>(NAMES.splitToList(path));
    at.remove(at.size() - 1);
    Deque<String> ahead = new ArrayDeque<>();
    if (!isAhead(target, at, ahead)) {
      return true;
    }
    int hops = 0;
    while (!ahead.isEmpty()) {
      String name = ahead.pop();
      if (name.equals("..")) {
        if (at.isEmpty()) {
          return true;
        }
        at.remove(at.size() - 1);
      } else if (!name.equals(".")) {
        at.add(name);
        int index = tree.paths().find(String.join("/", at));
        if (index >= 0 && tree.type(index) == TreeFile.Type.LINK) {
          hops++;
          at.remove(at.size() - 1);
          if (hops > MOST_HOPS) {
            return false;
          }
          if (!isAhead(tree.file(index).linkTarget(), at, ahead)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Puts the names of a target ahead; false when it begins outside of the tree. */
  private boolean isAhead(String target, List<String> at, Deque<String> ahead) {
    List<String> names = new ArrayList<>(NAMES.splitToList(target));
    if (target.startsWith("/")) {
      names.removeIf(name -> name.equals("."));
      if (names.size() < place.size() || !names.subList(0, place.size()).equals(place)) {
        return false;
      }
      names.subList(0, place.size()).clear();
      at.clear();
    }
    for (int i = names.size() - 1; i >= 0; i--) {
      ahead.push(names.get(i));
    }
    return true;
  }
}

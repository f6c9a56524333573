package io.hawser.host;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.hawser.host.TreeStep.How;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be done so that a directory of a host holds a tree, rank by rank. */
final class TreeDelta {
  private static final int HIGHEST_RANK = 9;
  private static final int IMPLIED_MODE = 0755;
  private static final int OWNER_MAY = 0700;

  private final Map<String, Listing.Entry> there;
  private final Set<String> occupied;
  private final Set<String> directories = new HashSet<>();
  private final Map<String, Integer> modes = new HashMap<>();
  private final Set<String> madeInRank = new HashSet<>();
  private final List<TreeStep> steps = new ArrayList<>();
  private final List<TreeStep> lastSteps = new ArrayList<>();

  private TreeDelta(FileTree tree, Map<String, Listing.Entry> there, Set<String> others) {
    this.there = there;
    this.occupied = new HashSet<>(others);
    there.forEach(
        (path, entry) ->
            (entry.type() == TreeFile.Type.DIRECTORY ? directories : occupied).add(path));
    tree.files().stream()
        .filter(file -> file.type() == TreeFile.Type.DIRECTORY)
        .forEach(file -> modes.put(file.path(), file.mode()));
  }

  /**
   * The steps, in the order in which they are done.
   *
   * @param there what lies there, with digests of files of equal size
   * @param others paths that are something else than file, directory or link
   */
  static List<TreeStep> between(
      FileTree tree, Map<String, Listing.Entry> there, Set<String> others) {
    TreeDelta delta = new TreeDelta(tree, there, others);
    for (int rank = 0; rank <= HIGHEST_RANK; rank++) {
      delta.madeInRank.clear();
      for (TreeFile file : tree.files()) {
        if (file.rank() == rank) {
          delta.add(file);
        }
      }
    }
    // Inner ones first: an outer one may close the way.
    delta.steps.addAll(Lists.reverse(delta.lastSteps));
    return ImmutableList.copyOf(delta.steps);
  }

  private void add(TreeFile file) {
    String path = file.path();
    Listing.Entry found = there.get(path);
    if (file.type() == TreeFile.Type.DIRECTORY) {
      if (found != null && directories.contains(path) && found.type() == TreeFile.Type.DIRECTORY) {
        addMode(file, found);
      } else {
        makeDirectory(path, file.rank());
      }
      return;
    }
    boolean inside = makeDirectory(parent(path), file.rank());
    if (!inside && found != null && isSame(file, found)) {
      addMode(file, found);
    } else {
      boolean replaces = occupied.contains(path) || directories.contains(path);
      How how = inside ? How.INSIDE : replaces ? How.REPLACE : How.NEW;
      steps.add(new TreeStep(how, file.rank(), path, file.type(), file.mode(), 0, file));
    }
  }

  private void addMode(TreeFile file, Listing.Entry found) {
    if (file.type() != TreeFile.Type.LINK && file.mode() != found.mode()) {
      steps.add(
          new TreeStep(
              How.MODE, file.rank(), file.path(), file.type(), file.mode(), found.mode(), file));
    }
  }

  /** Sees to it that a directory is there; says whether this rank makes it. */
  private boolean makeDirectory(String path, int rank) {
    if (path.isEmpty()) {
      return false;
    }
    if (directories.contains(path)) {
      return madeInRank.contains(path);
    }
    boolean inside = makeDirectory(parent(path), rank);
    How how = inside ? How.INSIDE : occupied.contains(path) ? How.REPLACE : How.NEW;
    int wanted = modes.getOrDefault(path, IMPLIED_MODE);
    // Where we are not root, a directory that its owner may not write can be neither filled nor
    // moved: it gets its mode in the end.
    int mode = wanted | OWNER_MAY;
    steps.add(new TreeStep(how, rank, path, TreeFile.Type.DIRECTORY, mode, 0, null));
    if (mode != wanted) {
      lastSteps.add(
          new TreeStep(How.MODE, HIGHEST_RANK, path, TreeFile.Type.DIRECTORY, wanted, mode, null));
    }
    directories.add(path);
    madeInRank.add(path);
    return true;
  }

  private static boolean isSame(TreeFile file, Listing.@Nullable Entry found) {
    if (found == null || found.type() != file.type()) {
      return false;
    }
    return file.type() == TreeFile.Type.LINK
        ? found.linkTarget().equals(file.linkTarget())
        : found.size() == file.size() && found.sha256().equals(file.sha256());
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}

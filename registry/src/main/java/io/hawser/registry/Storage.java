package io.hawser.registry;

import io.hawser.host.FileTree;
import io.hawser.host.TreeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The merged storage of registries as it was read.
 *
 * @param tree all files and their directories, with ranks
 * @param origins the file of the controller for each path of the tree
 * @param blobs the blobs by digest
 * @param repositories what links name, by repository
 * @param problems by path, files that are not what their path says
 */
record Storage(
    FileTree tree,
    Map<String, Path> origins,
    Map<String, TreeFile> blobs,
    Map<String, StoredRepository> repositories,
    Map<String, String> problems) {

  /** The file of the controller for a path, or the path where there is none. */
  String where(String path) {
    Path origin = origins.get(path);
    return origin == null ? path : origin.toString();
  }

  /** Files with the directories that lead to them; empty directories mean nothing. */
  static FileTree treeOf(Collection<TreeFile> files) {
    Set<String> directories = new TreeSet<>();
    for (TreeFile file : files) {
      String path = file.path();
      for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        directories.add(path.substring(0, end));
      }
    }
    List<TreeFile> all = new ArrayList<>(files);
    // A directory below tags is a tag to a registry that lists them, so it comes as late as its
    // file.
    directories.forEach(
        path -> all.add(TreeFile.directory(path, 0755).withRank(StorageEntry.rank(path))));
    return FileTree.of(all);
  }
}

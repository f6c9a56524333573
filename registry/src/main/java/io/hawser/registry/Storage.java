package io.hawser.registry;

import io.hawser.host.FileTree;
import io.hawser.host.TreeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The merged storage of registries as it was read.
 *
 * @param tree all files and their directories, with ranks
 * @param origins the file of the controller for each path of the tree
 * @param blobs the blobs by digest
 * @param repositories what links name, by repository
 * @param problems files that are not what their path says
 */
record Storage(
    FileTree tree,
    Map<String, Path> origins,
    Map<String, TreeFile> blobs,
    Map<String, StoredRepository> repositories,
    List<String> problems) {

  /** The file of the controller for a path, or the path where there is none. */
  String where(String path) {
    Path origin = origins.get(path);
    return origin == null ? path : origin.toString();
  }
}

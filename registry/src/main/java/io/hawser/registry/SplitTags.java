package io.hawser.registry;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tags for which the trees of one image name different manifests, each its architecture's. Every
 * replica holds every tag once, so whatever it pointed at, hosts of the other architecture would
 * pull programs that they cannot run.
 */
final class SplitTags {
  private SplitTags() {}

  /** What is wrong with each such tag, by the path of its link. */
  static Map<String, String> of(Cluster cluster) throws IOException {
    Map<String, String> problems = new TreeMap<>();
    for (ImageMount mount : cluster.mounts()) {
      Map<String, Tag> known = new TreeMap<>();
      for (Map.Entry<String, Path> tree : mount.architectures().entrySet()) {
        compare(mount, tree.getKey(), tree.getValue(), known, problems);
      }
    }
    return problems;
  }

  /** What the first tree with a tag says of it. */
  private record Tag(String architecture, String digest) {}

  private static void compare(
      ImageMount mount,
      String architecture,
      Path tree,
      Map<String, Tag> known,
      Map<String, String> problems)
      throws IOException {
    StorageScan.of(List.of(tree.resolve("registry")))
        .repositories()
        .forEach(
            (name, repository) ->
                repository
                    .tags()
                    .forEach(
                        (tag, digest) -> {
                          String path = StorageEntry.tagPath(name, tag);
                          Tag first = known.putIfAbsent(path, new Tag(architecture, digest));
                          if (first != null && !first.digest().equals(digest)) {
                            problems.put(
                                path, problem(mount, name + ":" + tag, first, architecture));
                          }
                        }));
  }

  private static String problem(ImageMount mount, String tag, Tag first, String architecture) {
    return "tag "
        + tag
        + " of image "
        + mount.name()
        + " is one image in the tree for "
        + first.architecture()
        + " and another in that for "
        + architecture
        + "; put the image for all platforms into both (skopeo copy --all)";
  }
}

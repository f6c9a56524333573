package io.hawser.filesystem;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import io.hawser.cluster.Config;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.TreeBinaries;
import io.hawser.filesystem.image.ImageTree;
import io.hawser.host.TreeOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The trees of one image, and which of them a host gets. Thread-safe. */
final class ArchitectureTrees {
  private final ImageMount mount;
  private final ImmutableMap<Path, ImageTree> trees;
  private final ImmutableMap<Path, Supplier<TreeBinaries>> binaries;

  private ArchitectureTrees(
      ImageMount mount,
      ImmutableMap<Path, ImageTree> trees,
      ImmutableMap<Path, Supplier<TreeBinaries>> binaries) {
    this.mount = mount;
    this.trees = trees;
    this.binaries = binaries;
  }

  /** Reads the directories of an image; the headers of its programs are read when first asked. */
  static ArchitectureTrees of(ImageMount mount, List<Config> configs, Set<TreeOption> options) {
    ImmutableMap.Builder<Path, ImageTree> trees = ImmutableMap.builder();
    ImmutableMap.Builder<Path, Supplier<TreeBinaries>> binaries = ImmutableMap.builder();
    for (Path tree : mount.trees()) {
      trees.put(tree, ImageTree.of(mount.at(tree), configs, options));
      binaries.put(tree, Suppliers.memoize(() -> read(mount, tree)));
    }
    return new ArchitectureTrees(mount, trees.buildOrThrow(), binaries.buildOrThrow());
  }

  private static TreeBinaries read(ImageMount mount, Path tree) {
    try {
      return TreeBinaries.in(tree);
    } catch (IOException e) {
      throw new UncheckedIOException("image " + mount.name() + ": " + e.getMessage(), e);
    }
  }

  boolean dependOnArchitecture() {
    return trees.size() > 1
        || !mount.architectures().isEmpty()
        || binaries.values().stream().anyMatch(found -> !found.get().isEmpty());
  }

  /**
   * The tree for a host.
   *
   * @throws io.hawser.host.HostStateException if there is none that fits
   */
  ImageTree on(HostArchitecture architecture) {
    Path path =
        mount
            .tree(architecture.word())
            .orElseThrow(
                () ->
                    architecture.misfit(
                        mount.name(),
                        "it has trees for " + mount.architectures().keySet() + " only"));
    ImageTree tree = trees.get(path);
    Supplier<TreeBinaries> found = binaries.get(path);
    if (tree == null || found == null) {
      throw new IllegalStateException("the tree " + path + " was not read");
    }
    if (!architecture.word().isEmpty()) {
      Optional<String> misfit = found.get().misfit(architecture.word());
      if (misfit.isPresent()) {
        throw architecture.misfit(mount.name(), misfit.get());
      }
    }
    return tree;
  }
}

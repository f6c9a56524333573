package io.hawser.clusterfile;

import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.clusterfile.yaml.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An image with the places of its fields, before its tree was looked at.
 *
 * @param path the path of its entry, for messages
 * @param at where its entry starts
 * @param treeAt where its directory is named
 * @param labelsAt where each label's value stands
 * @param architectures the trees by architecture; empty when there is one for all
 */
record MountEntry(
    String name,
    ImageType type,
    String imageName,
    Path tree,
    Map<String, String> env,
    Map<String, String> labels,
    String path,
    Position at,
    Position treeAt,
    Map<String, Position> labelsAt,
    List<String> entrypoint,
    List<String> cmd,
    Map<String, Path> architectures) {

  /** The same with the trees that the caller gave. */
  MountEntry withGiven(ImageDirectory directory) {
    return with(labels, at, directory.tree(), directory.architectures());
  }

  /** The same with the trees that its directory turned out to hold. */
  MountEntry withTrees(ImageDirectory directory) {
    return with(labels, treeAt, directory.tree(), directory.architectures());
  }

  /** The same with one tree. */
  MountEntry withTree(Path directory) {
    return with(labels, treeAt, directory, Map.of());
  }

  MountEntry withLabels(Map<String, String> effective) {
    return with(effective, treeAt, tree, architectures);
  }

  private MountEntry with(
      Map<String, String> newLabels, Position newTreeAt, Path newTree, Map<String, Path> trees) {
    return new MountEntry(
        name,
        type,
        imageName,
        newTree,
        env,
        newLabels,
        path,
        at,
        newTreeAt,
        labelsAt,
        entrypoint,
        cmd,
        trees);
  }

  /** Where a label stands, or else the entry. */
  Position at(String label) {
    return labelsAt.getOrDefault(label, at);
  }

  /** Whether its tree becomes part of the rootfs on the hosts. */
  boolean isOnEveryHost() {
    return type != ImageType.APPLICATION;
  }

  ImageMount toMount() {
    return new ImageMount(name, type, imageName, tree, env, labels, entrypoint, cmd, architectures);
  }
}

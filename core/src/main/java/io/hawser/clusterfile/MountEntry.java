package io.hawser.clusterfile;

import com.google.common.collect.ImmutableMap;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.clusterfile.yaml.Position;
import java.nio.file.Path;
import java.util.Map;

/**
 * An image with the places of its fields, before its tree was looked at.
 *
 * @param path the path of its entry, for messages
 * @param at where its entry starts
 * @param treeAt where its directory is named
 * @param labelsAt where each label's value stands
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
    Map<String, Position> labelsAt) {

  MountEntry withTree(Path directory) {
    return new MountEntry(name, type, imageName, directory, env, labels, path, at, at, labelsAt);
  }

  MountEntry withLabels(Map<String, String> effective) {
    return new MountEntry(name, type, imageName, tree, env, effective, path, at, treeAt, labelsAt);
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
    return new ImageMount(
        name, type, imageName, tree, ImmutableMap.copyOf(env), ImmutableMap.copyOf(labels));
  }
}

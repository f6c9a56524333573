package io.hawser.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image whose tree lies in a directory of the controller, as {@code status.mounts} of a
 * Clusterfile lists it.
 *
 * @param name the name of the mount, unique in the cluster
 * @param type what the image is for
 * @param imageName the image's reference, for people
 * @param mountPoint the directory that holds the tree; of several trees the first
 * @param env the image's environment, the weakest of all sources
 * @param labels the image's labels; those that name scripts are read by {@link #script}
 * @param entrypoint the image's entrypoint; empty when it has none
 * @param cmd the image's command; empty when it has none
 * @param architectures the tree for each architecture ({@code amd64}, {@code arm64}) where the
 *     image has one for each; empty when {@code mountPoint} is the tree for every host
 */
public record ImageMount(
    String name,
    ImageType type,
    String imageName,
    Path mountPoint,
    Map<String, String> env,
    Map<String, String> labels,
    List<String> entrypoint,
    List<String> cmd,
    Map<String, Path> architectures) {

  /** Copies the collections, keeping their order. */
  public ImageMount {
    env = ImmutableMap.copyOf(env);
    labels = ImmutableMap.copyOf(labels);
    entrypoint = ImmutableList.copyOf(entrypoint);
    cmd = ImmutableList.copyOf(cmd);
    architectures = ImmutableMap.copyOf(architectures);
  }

  /** An image with one tree for every host, and neither entrypoint nor command. */
  public ImageMount(
      String name,
      ImageType type,
      String imageName,
      Path mountPoint,
      Map<String, String> env,
      Map<String, String> labels) {
    this(name, type, imageName, mountPoint, env, labels, List.of(), List.of(), Map.of());
  }

  /** Whether its tree is part of the rootfs on the hosts, over those of images before it. */
  public boolean isOnEveryHost() {
    return type != ImageType.APPLICATION;
  }

  /**
   * The value of the label that names a script, as sealos reads it: what follows the word {@code
   * bash} in the directory {@code scripts/}, for example {@code init-registry.sh $registryData}.
   *
   * @param label {@code check}, {@code init}, {@code clean}, {@code init-registry}, {@code
   *     clean-registry}, {@code init-cri} or {@code clean-cri}
   */
  public Optional<String> script(CharSequence label) {
    return Optional.ofNullable(labels.get(label.toString())).filter(value -> !value.isBlank());
  }

  /**
   * The tree for hosts of an architecture; empty when the image has trees for others only.
   *
   * @param architecture a word such as {@code amd64}, see {@link Architectures#word}
   */
  public Optional<Path> tree(CharSequence architecture) {
    return architectures.isEmpty()
        ? Optional.of(mountPoint)
        : Optional.ofNullable(architectures.get(architecture.toString()));
  }

  /** All trees of the image, each once. */
  public List<Path> trees() {
    return architectures.isEmpty()
        ? ImmutableList.of(mountPoint)
        : ImmutableSet.copyOf(architectures.values()).asList();
  }

  /** The same image with this directory as its only tree. */
  public ImageMount at(Path tree) {
    return new ImageMount(name, type, imageName, tree, env, labels, entrypoint, cmd, Map.of());
  }
}

package io.hawser.cluster;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An image whose tree lies in a directory of the controller, as {@code status.mounts} of a
 * Clusterfile lists it.
 *
 * @param name the name of the mount, unique in the cluster
 * @param type what the image is for
 * @param imageName the image's reference, for people
 * @param mountPoint the directory that holds the tree
 * @param env the image's environment, the weakest of all sources
 * @param labels the image's labels; those that name scripts are read by {@link #script}
 */
public record ImageMount(
    String name,
    ImageType type,
    String imageName,
    Path mountPoint,
    Map<String, String> env,
    Map<String, String> labels) {

  /** Copies the maps, keeping their order. */
  public ImageMount {
    env = ImmutableMap.copyOf(env);
    labels = ImmutableMap.copyOf(labels);
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
}

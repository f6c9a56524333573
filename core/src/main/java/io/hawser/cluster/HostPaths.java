package io.hawser.cluster;

/**
 * Where the parts of a cluster lie on its hosts, as sealos lays them out. All paths are absolute
 * and seen from the host's system; {@link Host#resolve} puts the host's root in front.
 */
public final class HostPaths {
  /** The data root unless the cluster's environment sets {@code SEALOS_DATA_ROOT}. */
  public static final String DEFAULT_DATA_ROOT = "/var/lib/sealos";

  private final String base;

  private HostPaths(String base) {
    this.base = base;
  }

  /**
   * The paths of a cluster.
   *
   * @throws IllegalArgumentException if {@code SEALOS_DATA_ROOT} is not a plain absolute path
   */
  public static HostPaths of(Cluster cluster) {
    String root = cluster.env().getOrDefault("SEALOS_DATA_ROOT", DEFAULT_DATA_ROOT);
    if (!root.matches("(/[A-Za-z0-9_.@+-]+)+") || root.matches(".*/\\.{1,2}(/.*)?")) {
      throw new IllegalArgumentException(
          "SEALOS_DATA_ROOT \"" + root + "\" is not a plain absolute path");
    }
    return new HostPaths(root + "/data/" + cluster.name());
  }

  /** The directory of the cluster. */
  public String base() {
    return base;
  }

  /** Where the rootfs lies. */
  public String rootfs() {
    return base + "/rootfs";
  }

  /** Where the scripts of the rootfs lie and run. */
  public String scripts() {
    return rootfs() + "/scripts";
  }

  /** The tree of an application image. */
  public String application(String mountName) {
    return base + "/applications/" + mountName + "/workdir";
  }

  /** The data directory of a registry that Hawser manages itself. */
  public String registry() {
    return base + "/registry";
  }
}

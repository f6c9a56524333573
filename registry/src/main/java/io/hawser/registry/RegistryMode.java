package io.hawser.registry;

/** Whose registry runs on a replica host. */
public enum RegistryMode {
  /**
   * The rootfs's own: the scripts of its labels {@code init-registry} and {@code clean-registry}
   * install it, with the paths, the password file and the default credentials of sealos.
   */
  SEALOS,
  /**
   * Hawser's own: a service {@code hawser-registry-<cluster>} around the registry program,
   * read-only, with credentials that nobody else has.
   */
  SAFE
}

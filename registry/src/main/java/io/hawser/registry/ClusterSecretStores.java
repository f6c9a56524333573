package io.hawser.registry;

import java.nio.file.Path;

/** Makes the secret stores that come with Hawser. */
public final class ClusterSecretStores {
  private ClusterSecretStores() {}

  /** Files in {@code ~/.hawser/<cluster>/secrets}. */
  public static ClusterSecrets standard() {
    return directory(Path.of(System.getProperty("user.home"), ".hawser"));
  }

  /**
   * One file per secret in {@code <base>/<cluster>/secrets}: directories with mode 0700, files with
   * mode 0600, each written whole or not at all.
   */
  public static ClusterSecrets directory(Path base) {
    return new SecretFiles(base);
  }

  /** Nothing is kept beyond the life of the object: for tests. */
  public static ClusterSecrets inMemory() {
    return new SecretsInMemory();
  }
}

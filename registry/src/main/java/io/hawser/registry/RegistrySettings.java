package io.hawser.registry;

import io.hawser.Secret;

/**
 * Under which name, with which credentials and in which directories the registry of one replica
 * host serves. Holds a secret, so it is not serialisable.
 *
 * @param mode whose registry it is
 * @param domain the name by which images call the registry
 * @param port the TCP port it listens on
 * @param username who may pull
 * @param password the password of that user, at most 72 bytes long
 * @param configDirectory where its configuration lies on the host
 * @param dataDirectory where it finds its data on the host
 */
public record RegistrySettings(
    RegistryMode mode,
    String domain,
    int port,
    String username,
    Secret password,
    String configDirectory,
    String dataDirectory) {

  /** What stands before the name of an image: {@code domain:port}. */
  public String authority() {
    return domain + ":" + port;
  }
}

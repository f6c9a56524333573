package io.hawser.registry;

import io.hawser.Secret;
import org.jspecify.annotations.Nullable;

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
 * @param caCertificate the certificate, in PEM, by which clients know it; null with plain HTTP
 */
public record RegistrySettings(
    RegistryMode mode,
    String domain,
    int port,
    String username,
    Secret password,
    String configDirectory,
    String dataDirectory,
    @Nullable String caCertificate) {

  /** Settings with plain HTTP. */
  public RegistrySettings(
      RegistryMode mode,
      String domain,
      int port,
      String username,
      Secret password,
      String configDirectory,
      String dataDirectory) {
    this(mode, domain, port, username, password, configDirectory, dataDirectory, null);
  }

  /** How clients talk to it. */
  public RegistryTransport transport() {
    return caCertificate == null ? RegistryTransport.PLAIN_HTTP : RegistryTransport.TLS;
  }

  /** What stands before the name of an image: {@code domain:port}. */
  public String authority() {
    return domain + ":" + port;
  }
}

package io.hawser.registry;

import io.hawser.Secret;
import java.util.Optional;

/**
 * Writes the configuration of a registry that Hawser manages (CNCF distribution 2.x and 3.x).
 *
 * <p>Not in it on purpose: a debug address (it listens on all interfaces without credentials) and
 * the cache of blob descriptors (it keeps wrong sizes after a repair and offers what is lost).
 */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * The text of the file.
   *
   * @param address what to listen on, for example {@code :5000}
   * @param storage the directory that holds {@code docker/registry/v2}
   * @param htpasswd the password file
   * @param httpSecret the same on all replicas
   * @param tls the file that holds certificate and key; empty for plain HTTP
   */
  static String of(
      String address, String storage, String htpasswd, Secret httpSecret, Optional<String> tls) {
    return String.join(
        "\n",
        "# Written by Hawser.",
        "version: 0.1",
        "log:",
        // At level info there are two lines for each request, access log or not.
        "  level: warn",
        "  accesslog:",
        "    disabled: true",
        "storage:",
        "  filesystem:",
        "    rootdirectory: " + quoted(storage),
        "  delete:",
        "    enabled: false",
        "  maintenance:",
        "    uploadpurging:",
        "      enabled: false",
        "    readonly:",
        "      enabled: true",
        "http:",
        "  addr: " + quoted(address),
        "  secret: " + quoted(httpSecret.reveal()),
        "  headers:",
        "    X-Content-Type-Options: [nosniff]" + tls.map(ConfigFile::tls).orElse(""),
        "auth:",
        "  htpasswd:",
        "    realm: hawser",
        "    path: " + quoted(htpasswd),
        "");
  }

  /**
   * With HTTP/2 all requests of a client would share one connection, and hang together with it.
   * Nothing is won by it here: there are few requests, and their answers are large.
   */
  private static String tls(String file) {
    return String.join(
        "\n",
        "",
        "  tls:",
        "    certificate: " + quoted(file),
        "    key: " + quoted(file),
        "    minimumtls: tls1.2",
        "  http2:",
        "    disabled: true");
  }

  /** Whether a text of this class is one with TLS. */
  static boolean speaksTls(Secret text) {
    return text.reveal().lines().anyMatch("  tls:"::equals);
  }

  /** A YAML text in double quotes. Everything written here is of plain characters already. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

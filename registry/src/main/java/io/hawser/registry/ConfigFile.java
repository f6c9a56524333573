package io.hawser.registry;

import io.hawser.Secret;

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
   */
  static String of(String address, String storage, String htpasswd, Secret httpSecret) {
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
        "    X-Content-Type-Options: [nosniff]",
        "auth:",
        "  htpasswd:",
        "    realm: hawser",
        "    path: " + quoted(htpasswd),
        "");
  }

  /** A YAML text in double quotes. Everything written here is of plain characters already. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

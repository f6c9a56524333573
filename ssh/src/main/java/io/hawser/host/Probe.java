package io.hawser.host;

import io.hawser.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a URL from a host, as that host sees it, and compares the SHA-256 of what comes.
 *
 * @param url an http or https URL
 * @param user the user name for basic authentication, or null
 * @param password its password, or null
 * @param accept the Accept header, or null
 * @param sha256 the digest that the body must have, in lower case hexadecimal digits
 */
public record Probe(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable String accept,
    String sha256) {

  /**
   * What came of a probe.
   *
   * @param passed whether the body came and has the digest
   * @param checked false when the host has neither curl nor wget
   * @param message why not, or how long it took
   */
  public record Result(boolean passed, boolean checked, String message) {}
}

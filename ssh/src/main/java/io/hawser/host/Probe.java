package io.hawser.host;

import io.hawser.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a URL from a host, as that host sees it, and compares the SHA-256 of what comes.
 *
 * @param url an http or https URL
 * @param user the user name for basic authentication, or null
 * @param password its password, or null
 * @param accept the Accept header, or null
 * @param sha256 the digest that the body must have, in lower case hexadecimal digits
 * @param caCertificate the certificate, in PEM, of the authority that the server's must be of; with
 *     null the host's own authorities count. A certificate is never left unchecked
 */
public record Probe(
    String url,
    @Nullable String user,
    @Nullable Secret password,
    @Nullable String accept,
    String sha256,
    @Nullable String caCertificate) {

  /** A probe that needs no authority beside those of the host. */
  public Probe(
      String url,
      @Nullable String user,
      @Nullable Secret password,
      @Nullable String accept,
      String sha256) {
    this(url, user, password, accept, sha256, null);
  }

  /**
   * What came of a probe.
   *
   * @param passed whether the body came and has the digest
   * @param checked false when the host has neither curl nor a wget that can do it
   * @param message why not, or how long it took
   * @param took how long the host waited for the body; zero when it did not come
   */
  public record Result(boolean passed, boolean checked, String message, Duration took) {
    /** A result that says nothing of the time. */
    public Result(boolean passed, boolean checked, String message) {
      this(passed, checked, message, Duration.ZERO);
    }
  }
}

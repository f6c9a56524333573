package io.hawser.ssh;

import io.hawser.HawserException;
import org.jspecify.annotations.Nullable;

/** A host could not be reached, is not trusted, or did not let us in. No command was started. */
public final class SshException extends HawserException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    /** Nothing listens on the port. */
    REFUSED,
    /** No answer within the limit, or no route. */
    UNREACHABLE,
    /** The host key is not known and the policy does not learn keys. */
    UNKNOWN_HOST_KEY,
    /** The host key differs from the known one, or is revoked. */
    CHANGED_HOST_KEY,
    /** The host refused every credential. */
    AUTHENTICATION,
    /** No common algorithm. */
    NEGOTIATION,
    /**
     * The credential itself cannot be used: a missing, unreadable or undecryptable key, or a
     * password that sudo cannot be given as one line.
     */
    CREDENTIAL,
    /** sudo refused for another reason than the following. */
    SUDO,
    /** sudo wants a password and none is configured. */
    SUDO_NEEDS_PASSWORD,
    /** sudo did not take the password, which was offered once. */
    SUDO_WRONG_PASSWORD,
    /** The user may not run commands as root through sudo, or its account has expired. */
    SUDO_NOT_ALLOWED,
    /** The host has no sudo. */
    SUDO_MISSING,
    /** sudo insists on a terminal (requiretty). */
    SUDO_TTY,
    /** The link was lost, or the server broke the protocol. */
    LINK
  }

  private final String host;
  private final Reason reason;

  /** Makes an exception; the message gets the host put in front. */
  public SshException(String host, Reason reason, String message, @Nullable Throwable cause) {
    super(host + ": " + message, cause);
    this.host = host;
    this.reason = reason;
  }

  /** The address of the host. */
  public String host() {
    return host;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /**
   * This failure once more, for another caller that waited for the same login: with that caller's
   * stack, and this one as its cause.
   */
  public SshException again() {
    return new SshException(
        host, reason, String.valueOf(getMessage()).substring(host.length() + 2), this);
  }
}

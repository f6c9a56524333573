package io.hawser.host;

import io.hawser.HawserException;

/** A host's journal or files are in a state that Hawser cannot work with; nothing was changed. */
public final class HostStateException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final String host;

  /** Makes an exception; the message gets the host put in front. */
  public HostStateException(String host, String message) {
    super(host + ": " + message);
    this.host = host;
  }

  /** The address of the host. */
  public String host() {
    return host;
  }
}

package io.hawser;

/** What Hawser throws when a host, a file or a run failed. */
public class HawserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For a leaf that found the failure itself. */
  protected HawserException(String message) {
    super(message);
  }

  /** For a leaf that puts a lower failure in words. */
  protected HawserException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.hawser;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that Hawser throws for reasons outside the caller's code.
 *
 * <p>Each leaf carries its data (a host, a command's result, a report, a file with line and
 * column). The message names what was tried, why it failed and, where known, what to do next. It
 * never holds a secret. Mistakes of the calling code are {@link IllegalArgumentException}s instead,
 * thrown where the value is handed over.
 */
public abstract class HawserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception that was caused by nothing else. */
  protected HawserException(String message) {
    super(message);
  }

  /** Makes an exception with its cause. */
  protected HawserException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.hawser;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted, or the work was cancelled, before it was done.
 *
 * <p>The thread's interrupt flag is set again when this is thrown. What was under way on a host was
 * told to stop; calling the same operation again continues the work.
 */
public final class CancelledException extends HawserException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception that says what was interrupted. */
  public CancelledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.hawser.ssh.runner;

/**
 * Thrown by a listener of Hawser itself: it wants to hear no more, and the command is to be ended
 * at once. The client throws it to whoever runs the command.
 */
public final class OutputRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes one with what was wrong with the output. */
  public OutputRefusedException(RuntimeException cause) {
    super(cause);
  }
}

package io.hawser.ssh.mock;

/** The agent in memory gives up; its exit status and standard error say so. */
final class AgentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentFailure(String message) {
    super(message);
  }
}

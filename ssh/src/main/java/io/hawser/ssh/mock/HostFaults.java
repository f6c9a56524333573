package io.hawser.ssh.mock;

import io.hawser.ssh.SshException;
import org.jspecify.annotations.Nullable;

/** What is wrong with a host on request. Thread-safe. */
final class HostFaults {
  private static final int NEVER = -1;

  private final String address;
  private SshException.@Nullable Reason reason;
  private int commandsLeft = NEVER;

  HostFaults(String address) {
    this.address = address;
  }

  synchronized void fail(SshException.Reason why) {
    reason = why;
  }

  synchronized void loseLink(int afterCommands) {
    if (afterCommands < 0) {
      throw new IllegalArgumentException("cannot lose the link after " + afterCommands);
    }
    commandsLeft = afterCommands;
  }

  synchronized void heal() {
    reason = null;
    commandsLeft = NEVER;
  }

  synchronized boolean answers() {
    return reason == null;
  }

  /** Throws what a client over the network would. */
  synchronized void check() {
    if (reason != null) {
      throw new SshException(address, reason, words(reason), null);
    }
  }

  /** Counts a command; whether it is the one that loses the link. */
  synchronized boolean losesLinkNow() {
    if (commandsLeft == NEVER) {
      return false;
    }
    return commandsLeft-- == 0;
  }

  private static String words(SshException.Reason reason) {
    return switch (reason) {
      case UNREACHABLE -> "cannot connect: no answer within the limit";
      case REFUSED -> "cannot connect: connection refused";
      case AUTHENTICATION -> "the host refused every credential";
      case CHANGED_HOST_KEY -> "the host key differs from the known one";
      default -> "cannot connect: " + reason;
    };
  }
}

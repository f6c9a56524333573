package io.hawser.ssh.jsch;

import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.util.concurrent.Semaphore;

/**
 * The turns to log in at one endpoint, and whether a login was refused there since the last one.
 */
final class Turn {
  private final Semaphore semaphore;
  private volatile boolean refused;

  Turn(int atOnce) {
    this.semaphore = new Semaphore(atOnce, true);
  }

  void take() throws InterruptedException {
    semaphore.acquire();
  }

  void give() {
    semaphore.release();
  }

  void succeeded() {
    refused = false;
  }

  /** What a failure means here: a server that refused somebody may shut him out from then on. */
  SshException failed(SshException failure) {
    refused |= failure.reason() == Reason.AUTHENTICATION;
    boolean shut =
        switch (failure.reason()) {
          case REFUSED, UNREACHABLE, LINK -> true;
          default -> false;
        };
    if (!refused || !shut) {
      return failure;
    }
    String message = String.valueOf(failure.getMessage());
    return new SshException(
        failure.host(),
        failure.reason(),
        message.substring(failure.host().length() + 2)
            + ". It refused a login before, so this may be a ban (fail2ban, PerSourcePenalties, a"
            + " firewall): correct the credential, and wait or lift the ban before you try again",
        failure);
  }
}

package io.hawser.ssh.mock;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with hosts on request. Thread-safe. */
final class HostFaults {
  /** A fault, or with null that there is none in spite of an earlier one for more ports. */
  private record Fault(Endpoint where, @Nullable Reason reason) {}

  private static final class Loss {
    private final Endpoint where;
    private int commandsLeft;

    private Loss(Endpoint where, int commandsLeft) {
      this.where = where;
      this.commandsLeft = commandsLeft;
    }
  }

  private final List<Fault> faults = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();

  synchronized void fail(Endpoint where, @Nullable Reason reason) {
    faults.removeIf(fault -> where.covers(fault.where));
    faults.add(new Fault(where, reason));
  }

  synchronized void loseLink(Endpoint where, int afterCommands) {
    if (afterCommands < 0) {
      throw new IllegalArgumentException("cannot lose the link after " + afterCommands);
    }
    losses.removeIf(loss -> where.covers(loss.where));
    losses.add(new Loss(where, afterCommands));
  }

  synchronized void heal(Endpoint where) {
    fail(where, null);
    losses.removeIf(loss -> where.covers(loss.where));
  }

  /** Whether nothing on the host can be reached, be it by SSH or otherwise. */
  synchronized boolean isDown(String address) {
    return faults.stream()
        .anyMatch(f -> f.where.address().equals(address) && f.reason == Reason.UNREACHABLE);
  }

  /**
   * Lets a command through, or not.
   *
   * @throws SshException as a client over the network throws it
   */
  void check(Host host, Command command) {
    Reason reason = reason(Endpoint.of(host));
    boolean usesSudo = command.asRoot() && !host.ssh().user().equals("root");
    if (reason != null && (usesSudo || !isSudo(reason))) {
      throw new SshException(host.address(), reason, FaultWords.of(host, reason), null);
    }
  }

  private synchronized @Nullable Reason reason(Endpoint host) {
    Reason last = null;
    for (Fault fault : faults) {
      last = fault.where.covers(host) ? fault.reason : last;
    }
    return last;
  }

  private static boolean isSudo(Reason reason) {
    return switch (reason) {
      case SUDO,
          SUDO_NEEDS_PASSWORD,
          SUDO_WRONG_PASSWORD,
          SUDO_NOT_ALLOWED,
          SUDO_MISSING,
          SUDO_TTY ->
          true;
      default -> false;
    };
  }

  /** Counts a command; whether it is the one that loses the link. */
  synchronized boolean losesLinkNow(Endpoint host) {
    boolean lost = false;
    for (Loss loss : losses) {
      lost |= loss.where.covers(host) && loss.commandsLeft-- == 0;
    }
    losses.removeIf(loss -> loss.commandsLeft < 0);
    return lost;
  }
}

package io.hawser.ssh.jsch;

import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.hostkey.HostKeyCheck;
import io.hawser.ssh.runner.Workers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens links to hosts, over jump hosts where they have some, one login at a time at each endpoint.
 * A link that breaks before the login began is tried again; a login is not.
 */
final class Login {
  private static final Logger LOG = LoggerFactory.getLogger(Login.class);

  /**
   * A server that drops connections (MaxStartups, a ban after failures) is left alone for longer
   * each time, some ten seconds in all.
   */
  private static final int TRIES = 6;

  private static final long FIRST_PAUSE_MILLIS = 200;

  private final ClientOptions options;
  private final Workers workers;
  private final Handshakes handshakes;

  Login(ClientOptions options, Workers workers, Handshakes handshakes) {
    this.options = options;
    this.workers = workers;
    this.handshakes = handshakes;
  }

  /**
   * Opens a link to a host.
   *
   * @throws SshException if that fails; what cannot work for the lack of a credential, also on the
   *     way, fails before anything is sent
   */
  Link open(Host host) throws InterruptedException {
    Identities identities = Identities.of(host, options, workers);
    Link through = through(host);
    boolean open = false;
    try {
      Link link = open(host, identities, through);
      open = true;
      return link;
    } finally {
      if (!open && through != null) {
        through.close();
      }
    }
  }

  private @Nullable Link through(Host host) throws InterruptedException {
    Host jump = host.ssh().jump().orElse(null);
    if (jump == null) {
      return null;
    }
    try {
      return open(jump);
    } catch (SshException e) {
      throw new SshException(
          host.address(), e.reason(), "its jump host cannot be used: " + e.getMessage(), e);
    }
  }

  private Link open(Host host, Identities identities, @Nullable Link through)
      throws InterruptedException {
    HostKeyCheck hostKey = new HostKeyCheck(options.hostKeys(), host);
    Turn turn = handshakes.at(host);
    for (int tries = 1; ; tries++) {
      ConnectAttempt attempt = new ConnectAttempt(host, options, workers, hostKey, through);
      turn.take();
      try {
        Link link = new Link(attempt.open(identities), attempt.watched(), through);
        turn.succeeded();
        return link;
      } catch (SshException e) {
        boolean up = through == null || through.isUp();
        if (up && hostKey.triesOn()) {
          continue; // with another type of host key
        }
        boolean again = e.reason() == Reason.LINK && attempt.brokeEarly();
        if (!up || !again || tries >= TRIES) {
          throw turn.failed(e);
        }
        LOG.debug("{}: connecting again", host, e);
      } finally {
        turn.give();
      }
      long pause = FIRST_PAUSE_MILLIS << (tries - 1);
      TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause * 3 / 2));
    }
  }
}

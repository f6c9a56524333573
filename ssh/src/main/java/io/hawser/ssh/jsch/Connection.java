package io.hawser.ssh.jsch;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.hostkey.HostKeyCheck;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session of one host and credential: opened when first needed, opened again when it died, with
 * a limit on the commands that share it.
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private static final int CONNECT_RETRIES = 2;
  private static final long OPEN_MILLIS = 30_000;

  private final Host host;
  private final ClientOptions options;
  private final Workers workers;
  private final Semaphore handshakes;
  private final Semaphore channels;
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Session session;
  private volatile boolean closed;

  /**
   * Makes a connection that is not open yet.
   *
   * @param handshakes shared by all connections to the same address and port; sshd drops unfinished
   *     logins at random when there are many (MaxStartups)
   */
  Connection(Host host, ClientOptions options, Workers workers, Semaphore handshakes) {
    this.host = host;
    this.options = options;
    this.workers = workers;
    this.handshakes = handshakes;
    this.channels = new Semaphore(options.maxChannels(), true);
  }

  /** How many commands may run at once; whoever takes a permit gives it back. */
  Semaphore channels() {
    return channels;
  }

  /**
   * Opens a channel for a command. Nothing of the command has happened when this fails.
   *
   * @param prepare sets the channel's command and streams; JSch wants them before connecting
   */
  ChannelExec open(Consumer<ChannelExec> prepare) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(OPEN_MILLIS);
    while (true) {
      Session live = session();
      Exception failure;
      try {
        ChannelExec channel = (ChannelExec) live.openChannel("exec");
        if (channel != null) {
          prepare.accept(channel);
          connect(channel);
          return channel;
        }
        failure = new JSchException("session is down");
      } catch (JSchException e) {
        failure = e;
      }
      LOG.debug("{}: no channel yet", host, failure);
      if (System.nanoTime() > deadline) {
        throw new SshException(
            host.address(),
            Reason.LINK,
            "the server opened no channel for a command within 30 s: "
                + failure.getMessage()
                + " (does another program use up MaxSessions?)",
            failure);
      }
      // MaxSessions is used up, or the session just died: a permit or a new session will come.
      TimeUnit.MILLISECONDS.sleep(live.isConnected() ? 100 : 1);
    }
  }

  private void connect(Channel channel) throws JSchException, InterruptedException {
    Future<Boolean> work =
        workers.start(
            () -> {
              channel.connect((int) OPEN_MILLIS);
              return true;
            });
    boolean open = false;
    try {
      open = work.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof JSchException known
          ? known
          : new JSchException(String.valueOf(e.getCause()), e.getCause());
    } finally {
      if (!open) {
        channel.disconnect();
      }
    }
  }

  private Session session() throws InterruptedException {
    Session live = session;
    if (live != null && live.isConnected()) {
      return live;
    }
    opening.lockInterruptibly();
    try {
      live = session;
      if (live == null || !live.isConnected()) {
        live = login();
        session = live;
      }
      if (closed) {
        live.disconnect();
        throw new IllegalStateException("the SSH client is closed");
      }
      return live;
    } finally {
      opening.unlock();
    }
  }

  private Session login() throws InterruptedException {
    Optional<PrivateKey> key = PrivateKey.of(host);
    if (key.isEmpty() && host.ssh().password().isEmpty()) {
      throw new SshException(
          host.address(),
          Reason.CREDENTIAL,
          "neither a password nor a private key is configured for user " + host.ssh().user(),
          null);
    }
    HostKeyCheck hostKey = new HostKeyCheck(options.hostKeys(), host);
    handshakes.acquire();
    try {
      for (int tries = 0; ; tries++) {
        ConnectAttempt attempt = new ConnectAttempt(host, options, workers, hostKey);
        try {
          return attempt.open(key);
        } catch (SshException e) {
          if (hostKey.triesOn()) {
            continue;
          }
          boolean again = e.reason() == Reason.LINK && attempt.brokeEarly();
          if (!again || tries >= CONNECT_RETRIES || closed) {
            throw e;
          }
          LOG.debug("{}: connecting again", host, e);
          TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(100, 400) << tries);
        }
      }
    } finally {
      handshakes.release();
    }
  }

  /** Cuts the link; commands under way end as lost. */
  void close() {
    closed = true;
    Session open = session;
    if (open != null) {
      open.disconnect();
    }
  }
}

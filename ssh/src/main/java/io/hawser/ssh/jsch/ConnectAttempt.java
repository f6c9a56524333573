package io.hawser.ssh.jsch;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Logger;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.hostkey.HostKeyCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a session, with limits that hold whatever the server does: JSch's own
 * time-out is per read, so that a server that drips bytes would hold it for ever. Here a worker
 * connects, and the caller closes the socket when time is up or the thread is interrupted.
 */
final class ConnectAttempt implements SocketFactory {
  /** How far an attempt came. */
  enum Phase {
    CONNECTING("waiting for the TCP connection"),
    KEY_EXCHANGE("waiting for the server's greeting and key exchange"),
    LOGIN("logging in");

    final String words;

    Phase(String words) {
      this.words = words;
    }
  }

  /** JSch waits count + 1 intervals before it gives up: a dead link is noticed within 30 s. */
  private static final int KEEP_ALIVE_MILLIS = 10_000;

  private static final int KEEP_ALIVE_COUNT = 2;

  private final Host host;
  private final ClientOptions options;
  private final Workers workers;
  private final HostKeyCheck hostKey;
  private final JschLog log;
  private volatile Phase phase = Phase.CONNECTING;
  private volatile boolean aborted;
  private volatile @Nullable Socket socket;
  private volatile @Nullable IOException tcpFailure;

  ConnectAttempt(Host host, ClientOptions options, Workers workers, HostKeyCheck hostKey) {
    this.host = host;
    this.options = options;
    this.workers = workers;
    this.log = new JschLog(host.address());
    this.hostKey = hostKey;
  }

  /** Whether the link broke before the login began: then trying again harms nobody. */
  boolean brokeEarly() {
    return phase == Phase.KEY_EXCHANGE;
  }

  /**
   * Opens the session.
   *
   * @throws SshException if that fails
   */
  Session open(Optional<PrivateKey> key) throws InterruptedException {
    Session session;
    try {
      session = prepare(key);
    } catch (JSchException e) {
      throw failure(e);
    }
    Future<Boolean> work =
        workers.start(
            () -> {
              session.connect((int) options.connectTimeout().toMillis());
              return true;
            });
    boolean open = false;
    try {
      open = await(work);
      return session;
    } catch (ExecutionException e) {
      throw failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw tooSlow(e);
    } finally {
      if (!open) {
        abort(session);
      }
    }
  }

  private Session prepare(Optional<PrivateKey> key) throws JSchException {
    JSch jsch = new JSch();
    jsch.setInstanceLogger(log);
    jsch.setHostKeyRepository(hostKey);
    if (key.isPresent()) {
      key.get().addTo(jsch);
    }
    Session session = jsch.getSession(host.ssh().user(), host.address(), host.ssh().port());
    SessionSettings.apply(session, hostKey.begin(() -> phase = Phase.LOGIN));
    session.setUserInfo(new PasswordPrompt(host.address(), password()));
    session.setSocketFactory(this);
    session.setThreadFactory(workers.threads());
    session.setDaemonThread(true);
    session.setServerAliveCountMax(KEEP_ALIVE_COUNT);
    session.setServerAliveInterval(KEEP_ALIVE_MILLIS); // last: setTimeout writes the same field
    return session;
  }

  private @Nullable Secret password() {
    return host.ssh().password().orElse(null);
  }

  private boolean await(Future<Boolean> work)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      return work.get(options.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (phase != Phase.LOGIN) {
        throw e;
      }
      return work.get(options.authTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void abort(Session session) {
    aborted = true;
    closeSocket(); // first: a blocked read or write holds what disconnect() would wait for
    session.disconnect();
  }

  private void closeSocket() {
    Socket open = socket;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.log(Logger.DEBUG, "the socket did not close", e);
      }
    }
  }

  private SshException tooSlow(TimeoutException cause) {
    Duration limit = phase == Phase.LOGIN ? options.authTimeout() : options.connectTimeout();
    return new SshException(
        host.address(),
        Reason.UNREACHABLE,
        "no answer on port "
            + host.ssh().port()
            + " within "
            + Words.seconds(limit)
            + " while "
            + phase.words,
        cause);
  }

  private SshException failure(Throwable cause) {
    Optional<SshException> refusal = hostKey.refusal(cause);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    IOException tcp = tcpFailure;
    if (tcp != null) {
      return ConnectFailure.ofTcp(host, tcp);
    }
    return ConnectFailure.of(host, phase, cause, log.loginFailure());
  }

  @Override
  public Socket createSocket(String address, int port) throws IOException {
    Socket fresh = new Socket();
    socket = fresh;
    try {
      fresh.setTcpNoDelay(true);
      InetSocketAddress target = new InetSocketAddress(InetAddress.getByName(address), port);
      fresh.connect(target, (int) options.connectTimeout().toMillis());
      phase = Phase.KEY_EXCHANGE;
    } catch (IOException e) {
      tcpFailure = e;
      throw e;
    }
    if (aborted) {
      fresh.close();
    }
    return fresh;
  }

  @Override
  public InputStream getInputStream(Socket open) throws IOException {
    return open.getInputStream();
  }

  @Override
  public OutputStream getOutputStream(Socket open) throws IOException {
    return open.getOutputStream();
  }
}

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
import io.hawser.ssh.runner.Words;
import io.hawser.ssh.runner.Workers;
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
  static final int KEEP_ALIVE_MILLIS = 10_000;

  private static final int KEEP_ALIVE_COUNT = 2;

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Host host;
  private final ClientOptions options;
  private final Workers workers;
  private final @Nullable Link through;
  private final HostKeyCheck hostKey;
  private final JschLog log;
  private volatile Phase phase = Phase.CONNECTING;
  private volatile long loginSince;
  private volatile boolean aborted;
  private volatile @Nullable Socket socket;
  private volatile @Nullable WatchedSocket watched;
  private volatile @Nullable Tunnel tunnel;
  private volatile @Nullable IOException tcpFailure;

  /**
   * Prepares an attempt.
   *
   * @param through the link to the host's jump host; null for a direct connection
   */
  ConnectAttempt(
      Host host,
      ClientOptions options,
      Workers workers,
      HostKeyCheck hostKey,
      @Nullable Link through) {
    this.host = host;
    this.options = options;
    this.workers = workers;
    this.through = through;
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
  Session open(Identities identities) throws InterruptedException {
    Session session;
    try {
      session = prepare(identities);
    } catch (JSchException e) {
      throw failure(e);
    }
    Future<Boolean> work =
        workers.start(
            () -> {
              session.connect(longest());
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

  private Session prepare(Identities identities) throws JSchException {
    JSch jsch = new JSch();
    jsch.setInstanceLogger(log);
    jsch.setHostKeyRepository(hostKey);
    identities.addTo(jsch);
    Session session = jsch.getSession(host.ssh().user(), host.address(), host.ssh().port());
    SessionSettings.apply(session, hostKey.begin(this::trusted));
    session.setUserInfo(new PasswordPrompt(host.address(), password()));
    if (through == null) {
      session.setSocketFactory(this);
    } else {
      Tunnel fresh = new Tunnel(through.session(), this::reached);
      tunnel = fresh;
      session.setProxy(fresh);
    }
    NewerMembers.setThreadFactory(session, workers.threads());
    session.setDaemonThread(true);
    session.setServerAliveCountMax(KEEP_ALIVE_COUNT);
    session.setServerAliveInterval(KEEP_ALIVE_MILLIS); // last: setTimeout writes the same field
    return session;
  }

  private @Nullable Secret password() {
    return host.ssh().password().orElse(null);
  }

  /** What the session goes over; null when a jump host carries it. */
  @Nullable WatchedSocket watched() {
    return watched;
  }

  private void reached() {
    phase = Phase.KEY_EXCHANGE;
  }

  private void trusted() {
    loginSince = System.nanoTime();
    phase = Phase.LOGIN;
  }

  /** JSch's limit is one for each read, in every phase: it must not be shorter than ours. */
  private int longest() {
    return (int) options.connectTimeout().plus(options.authTimeout()).toMillis();
  }

  /** The limit of the phase counts, and the phase may change while waiting. */
  private boolean await(Future<Boolean> work)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    while (true) {
      boolean login = phase == Phase.LOGIN;
      long since = login ? loginSince : start;
      Duration limit = login ? options.authTimeout() : options.connectTimeout();
      long left = limit.toNanos() - (System.nanoTime() - since);
      try {
        return work.get(Math.max(1, Math.min(left, LOOK_NANOS)), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (left <= 0) {
          throw e;
        }
      }
    }
  }

  private void abort(Session session) {
    aborted = true;
    closeSocket(); // first: a blocked read or write holds what disconnect() would wait for
    Tunnel through = tunnel;
    if (through == null) {
      session.disconnect();
    } else {
      through.cut();
      // What else there is to close may have to wait for the jump host, and nobody needs it.
      Future<Boolean> unused =
          workers.start(
              () -> {
                session.disconnect();
                return true;
              });
    }
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
    if (tcp == null && phase == Phase.CONNECTING && cause.getCause() instanceof IOException known) {
      tcp = known; // through a jump host
    }
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
      reached();
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
    return watch(open).in();
  }

  @Override
  public OutputStream getOutputStream(Socket open) throws IOException {
    return watch(open).out();
  }

  private WatchedSocket watch(Socket open) throws IOException {
    WatchedSocket known = watched;
    if (known == null) {
      known = new WatchedSocket(open);
      watched = known;
    }
    return known;
  }
}

package io.hawser.ssh.jsch;

import com.jcraft.jsch.JSchException;
import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.runner.Channels;
import io.hawser.ssh.runner.RemoteChannel;
import io.hawser.ssh.runner.Workers;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to one host with one credential: opened when first needed, opened again when it
 * died, with a limit on the commands that share it.
 */
final class Connection implements Channels {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** For how long a refused credential is not offered again. */
  private static final long REFUSED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Host host;
  private final Login login;
  private final Workers workers;
  private final Slots slots;
  private final AtomicInteger asides = new AtomicInteger();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Link link;
  private volatile boolean closed;
  private @Nullable SshException failure;
  private long failedAt;

  Connection(Host host, ClientOptions options, Login login, Workers workers) {
    this.host = host;
    this.login = login;
    this.workers = workers;
    this.slots = new Slots(options.maxChannels());
  }

  @Override
  public RemoteChannel open(byte[] line, OutputStream out, OutputStream err)
      throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      slots.take();
      Link live = linkOrRelease(start);
      try {
        return channel(live, line, out, err, slots::release);
      } catch (JSchException e) {
        LOG.debug("{}: no channel yet", host, e);
        boolean up = live.isUp();
        boolean others = slots.refused(up);
        if (!others && up && asides.get() > 0) {
          return openAlone(line, out, err); // MaxSessions 1, and a lasting command has that one
        } else if (others) {
          start = System.nanoTime(); // one of ours will end
        } else if (System.nanoTime() - start > OPEN_NANOS) {
          throw noChannel(e);
        } else {
          TimeUnit.MILLISECONDS.sleep(live.isUp() ? 100 : 1);
        }
      }
    }
  }

  private Link linkOrRelease(long since) throws InterruptedException {
    boolean up = false;
    try {
      Link live = link(since);
      up = true;
      return live;
    } finally {
      if (!up) {
        slots.release();
      }
    }
  }

  private SshException noChannel(JSchException refusal) {
    return new SshException(
        host.address(),
        Reason.LINK,
        "the server opened no channel for a command within 30 s: "
            + refusal.getMessage()
            + " (is its MaxSessions 0, or its login very slow?)",
        refusal);
  }

  @Override
  public RemoteChannel openAside(byte[] line, OutputStream out, OutputStream err)
      throws InterruptedException {
    Link live = link;
    if (live == null) {
      live = link(System.nanoTime()); // a lasting command may be the first
    }
    if (live.isUp()) {
      asides.incrementAndGet();
      try {
        // Beyond the limit of slots on purpose: it is 8 and sshd's is 10.
        return channel(live, line, out, err, asides::decrementAndGet);
      } catch (JSchException e) {
        asides.decrementAndGet();
        LOG.debug("{}: no further channel, so over a further connection", host, e);
      }
    }
    return openAlone(line, out, err);
  }

  private RemoteChannel openAlone(byte[] line, OutputStream out, OutputStream err)
      throws InterruptedException {
    Link own = login.open(host);
    boolean open = false;
    try {
      RemoteChannel channel = channel(own, line, out, err, own::close);
      open = true;
      return channel;
    } catch (JSchException e) {
      throw noChannel(e);
    } finally {
      if (!open) {
        own.close();
      }
    }
  }

  /**
   * Opens on a worker, because JSch would swallow an interrupt. A channel that opens after the
   * caller was interrupted is closed at once: the shell then reads the end of its input, and runs
   * nothing.
   *
   * @param onClose done by the channel when it is closed; not when this throws a JSchException
   */
  private JschChannel channel(
      Link live, byte[] line, OutputStream out, OutputStream err, Runnable onClose)
      throws JSchException, InterruptedException {
    CompletableFuture<JschChannel> opened = new CompletableFuture<>();
    Future<Boolean> unused =
        workers.start(
            () -> {
              try {
                return opened.complete(JschChannel.open(live, line, out, err, onClose));
              } catch (JSchException | RuntimeException e) {
                return opened.completeExceptionally(e);
              }
            });
    try {
      return opened.get();
    } catch (InterruptedException e) {
      CompletableFuture<JschChannel> unusedToo =
          opened.whenComplete(
              (channel, failed) -> {
                if (channel == null) {
                  onClose.run();
                } else {
                  channel.close();
                }
              });
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof JSchException known
          ? known
          : new JSchException(String.valueOf(e.getCause()), e.getCause());
    }
  }

  private Link link(long since) throws InterruptedException {
    Link live = link;
    if (live != null && live.isUp()) {
      return live;
    }
    opening.lockInterruptibly();
    try {
      live = link;
      if (live == null || !live.isUp()) {
        live = login(since);
        link = live;
      }
      if (closed) {
        live.close();
        throw new IllegalStateException("the SSH client is closed");
      }
      return live;
    } finally {
      opening.unlock();
    }
  }

  /**
   * Logs in, unless a login failed while the caller was waiting for it, or was refused a short time
   * ago: a wrong password is offered once, however many commands are waiting or follow. Servers
   * shut out whom they refused some times.
   */
  private Link login(long since) throws InterruptedException {
    SshException known = failure;
    if (known != null) {
      boolean refused = known.reason() == Reason.AUTHENTICATION;
      boolean soon = refused && System.nanoTime() - failedAt < REFUSED_NANOS;
      if (soon || failedAt - since > 0) {
        throw known.again();
      }
    }
    try {
      return login.open(host);
    } catch (SshException e) {
      failure = e;
      failedAt = System.nanoTime();
      throw e;
    }
  }

  /** Cuts the link; commands under way end as lost. */
  void close() {
    closed = true;
    Link open = link;
    if (open != null) {
      open.close();
    }
  }
}

package io.hawser.ssh.jsch;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Runs commands through JSch, one connection per host and credential. */
final class JschSshClient implements SshClient {
  private static final int HANDSHAKES_PER_ENDPOINT = 1;

  /** Hosts are told apart as canonical addresses, never as text somebody typed. */
  private record Key(String address, SshAccess access) {}

  private record Endpoint(String address, int port) {}

  private final ClientOptions options;
  private final Workers workers = new Workers();
  private final Map<Key, Connection> connections = new ConcurrentHashMap<>();
  private final Map<Endpoint, Semaphore> handshakes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  JschSshClient(ClientOptions options) {
    this.options = options;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return execute(host, command, null);
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    return execute(host, command, listener);
  }

  private CommandResult execute(Host host, Command command, @Nullable OutputListener listener) {
    if (closed) {
      throw new IllegalStateException("the SSH client is closed");
    }
    Connection connection =
        connections.computeIfAbsent(new Key(host.address(), host.ssh()), key -> connect(host));
    if (closed) {
      connection.close(); // close() may have missed the one just made
    }
    try {
      connection.channels().acquire();
      try {
        return new Execution(connection, workers, host, command, listener, true).run();
      } finally {
        connection.channels().release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          host.address() + ": interrupted, \"" + command + "\" was told to end", e);
    }
  }

  private Connection connect(Host host) {
    Semaphore turn =
        handshakes.computeIfAbsent(
            new Endpoint(host.address(), host.ssh().port()),
            endpoint -> new Semaphore(HANDSHAKES_PER_ENDPOINT, true));
    return new Connection(host, options, workers, turn);
  }

  @Override
  public void close() {
    closed = true;
    connections.values().forEach(Connection::close);
    workers.close();
  }
}

package io.hawser.ssh.jsch;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.runner.CommandRunner;
import io.hawser.ssh.runner.Workers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of one client, one per host and credential. */
final class Connections {
  /** Hosts are told apart as canonical addresses, never as text somebody typed. */
  private record Key(String address, SshAccess access) {}

  private final ClientOptions options;
  private final Workers workers = new Workers();
  private final Login login;
  private final Map<Key, Connection> open = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Connections(ClientOptions options) {
    this.options = options;
    this.login = new Login(options, workers, new Handshakes());
  }

  /** What runs commands on a host; nothing is sent yet. */
  CommandRunner runner(Host host) {
    failWhenClosed();
    Connection connection =
        open.computeIfAbsent(
            new Key(host.address(), host.ssh()),
            key -> new Connection(host, options, login, workers));
    if (closed) {
      connection.close(); // close() may have missed the one just made
      failWhenClosed();
    }
    return new CommandRunner(host, connection, workers);
  }

  private void failWhenClosed() {
    if (closed) {
      throw new IllegalStateException("the SSH client is closed");
    }
  }

  Workers workers() {
    return workers;
  }

  void close() {
    closed = true;
    open.values().forEach(Connection::close);
    workers.close();
  }
}

package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.nio.file.Path;

/** The embedded server, with a key that it accepts. */
final class EmbeddedTarget implements SshTarget {
  private final TestKey key = new TestKey();
  private final EmbeddedSshServer server;
  private final Host host;
  private boolean closed;

  /**
   * Starts it.
   *
   * @param user the one name that may log in
   * @param programs a directory whose programs come before the machine's
   */
  EmbeddedTarget(String user, Path programs) {
    server =
        EmbeddedSshServer.builder()
            .address("127.0.0.12")
            .user(user)
            .authorizedKey(key.publicKey())
            .path(programs)
            .start();
    SshAccess access =
        SshAccess.builder().user(user).port(server.port()).keyData(key.privateText()).build();
    host = Host.at(server.address()).ssh(access).build();
  }

  @Override
  public Host host() {
    return host;
  }

  @Override
  public String knownHostsLine() {
    return server.knownHostsLine();
  }

  @Override
  public void stop() {
    server.stop();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      server.close();
    }
  }
}

package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A server and the client that speaks SSH to it. */
final class NetworkSubject implements SshSubject {
  private final SshTarget target;
  private final Path directory;
  private final Path knownHosts;
  private final SshClient client;
  private final ServerSocket mute;

  /**
   * Takes a server over.
   *
   * @param directory where known_hosts files are written
   */
  NetworkSubject(SshTarget target, Path directory) throws IOException {
    this.target = target;
    this.directory = directory;
    this.knownHosts =
        Files.writeString(directory.resolve("known_hosts"), target.knownHostsLine() + "\n");
    this.client = trusting(knownHosts);
    this.mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static SshClient trusting(Path file) {
    return SshClients.jsch().hostKeys(HostKeyPolicy.strict(file)).build();
  }

  /** The file that {@link #client()} trusts. */
  Path knownHosts() {
    return knownHosts;
  }

  @Override
  public Host host() {
    return target.host();
  }

  @Override
  public SshClient client() {
    return client;
  }

  @Override
  public void stop() {
    target.stop();
  }

  @Override
  public SshClient stranger() {
    return trusting(directory.resolve("no known_hosts"));
  }

  @Override
  public SshClient deceived() {
    String name = target.knownHostsLine().replaceFirst(" .*", "");
    try {
      return trusting(
          Files.writeString(
              directory.resolve("other_hosts"), name + " " + new TestKey().publicLine() + "\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Host lockedOut() {
    SshAccess access = host().ssh().toBuilder().keyData(new TestKey().privateText()).build();
    return host().toBuilder().ssh(access).build();
  }

  /** The system takes the connection, and nobody ever reads it. */
  @Override
  public Host silent() {
    SshAccess access = host().ssh().toBuilder().port(mute.getLocalPort()).build();
    return Host.at(mute.getInetAddress().getHostAddress()).ssh(access).build();
  }

  @Override
  public SshClient impatient() {
    return SshClients.jsch()
        .hostKeys(HostKeyPolicy.strict(knownHosts))
        .connectTimeout(Duration.ofMillis(500))
        .build();
  }

  @Override
  public void close() {
    client.close();
    target.close();
    try {
      mute.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

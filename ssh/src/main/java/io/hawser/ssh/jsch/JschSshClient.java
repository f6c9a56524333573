package io.hawser.ssh.jsch;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands through JSch. Connections are closed with the client, or once nobody can reach the
 * client any more.
 */
final class JschSshClient implements SshClient {
  private final Connections connections;
  private final Forgotten forgotten = new Forgotten(this);
  private boolean watched;

  JschSshClient(ClientOptions options) {
    this.connections = new Connections(options);
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
    try {
      watch();
      return connections.runner(host).run(command, listener);
    } finally {
      Reference.reachabilityFence(this); // else it could be taken for forgotten in its last call
    }
  }

  private synchronized void watch() {
    if (!watched) {
      Connections used = connections;
      forgotten.watch(used.workers(), used::close);
      watched = true;
    }
  }

  @Override
  public void close() {
    forgotten.dismiss();
    connections.close();
  }
}

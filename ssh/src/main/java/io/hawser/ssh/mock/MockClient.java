package io.hawser.ssh.mock;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;

/** A client to hosts in memory, which is closed by itself. */
final class MockClient implements SshClient {
  private final Scene scene;
  private volatile boolean closed;

  MockClient(Scene scene) {
    this.scene = scene;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    if (closed) {
      throw new IllegalStateException("the SSH client is closed");
    }
    return new CommandRun(scene, host, command).run(listener);
  }

  @Override
  public void close() {
    closed = true;
  }
}

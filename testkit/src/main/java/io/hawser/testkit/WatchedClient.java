package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A client with somebody who is called around each command. */
final class WatchedClient implements SshClient {
  /** Who is called; on the thread of the command. */
  interface Watcher {
    /** A command is about to begin. */
    default void before(Host host) {}

    /** So many bytes of its input are about to go to the host. */
    default void input(Host host, int bytes) {}

    /** A command has ended. */
    default void after(Host host) {}
  }

  private final SshClient client;
  private volatile Watcher watcher = new Watcher() {};

  WatchedClient(SshClient client) {
    this.client = client;
  }

  void watch(Watcher newWatcher) {
    watcher = newWatcher;
  }

  void watchNoMore() {
    watcher = new Watcher() {};
  }

  SshClient unwatched() {
    return client;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    watcher.before(host);
    try {
      return client.run(host, withWatchedInput(host, command), listener);
    } finally {
      watcher.after(host);
    }
  }

  private Command withWatchedInput(Host host, Command command) {
    return command
        .input()
        .map(input -> command.withInput(out -> input.writeTo(new WatchedStream(host, out))))
        .orElse(command);
  }

  private final class WatchedStream extends FilterOutputStream {
    private final Host host;

    WatchedStream(Host host, OutputStream out) {
      super(out);
      this.host = host;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      watcher.input(host, count);
      out.write(bytes, from, count);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

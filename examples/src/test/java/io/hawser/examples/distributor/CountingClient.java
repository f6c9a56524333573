package io.hawser.examples.distributor;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;

/** A client that counts what commands are sent on their standard input. */
final class CountingClient implements SshClient {
  private final SshClient client;
  private final AtomicLong bytes = new AtomicLong();

  CountingClient(SshClient client) {
    this.client = client;
  }

  long bytes() {
    return bytes.get();
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    Command counted =
        command
            .input()
            .map(input -> command.withInput(out -> input.writeTo(new Counting(out))))
            .orElse(command);
    return client.run(host, counted, listener);
  }

  private final class Counting extends FilterOutputStream {
    Counting(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] content, int from, int count) throws IOException {
      bytes.addAndGet(count);
      out.write(content, from, count);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

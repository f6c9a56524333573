package io.hawser.ssh.mock;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A client whose link breaks at one of its calls; the ones after it work. */
final class FaultyClient implements SshClient {
  /** When in the call it breaks. */
  enum When {
    /** Before the host has heard of it. */
    BEFORE,
    /** When the host has got half of its input. */
    DURING,
    /** When all is done, but nobody hears of it. */
    AFTER
  }

  private final SshClient client;
  private final AtomicInteger calls = new AtomicInteger();
  private final int victim;
  private final When when;

  FaultyClient(SshClient client, int victim, When when) {
    this.client = client;
    this.victim = victim;
    this.when = when;
  }

  int calls() {
    return calls.get();
  }

  /** Whether the call came that broke. */
  boolean broke() {
    return calls.get() >= victim;
  }

  @Override
  public CommandResult run(Host host, Command command) {
    return run(host, command, (line, isError) -> {});
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    // The lock stays for the whole of a run; how it is lost is tested by itself.
    if (command.isLasting() || calls.incrementAndGet() != victim) {
      return client.run(host, command, listener);
    }
    if (when == When.BEFORE) {
      throw new SshException(host.address(), Reason.LINK, "no link for call " + victim, null);
    }
    ignoringFailure(host, when == When.DURING ? halved(command) : command);
    Exit lost = new Exit.Lost("the link broke at call " + victim);
    return CommandResult.of(host.address(), command.toString(), lost, "", "", Duration.ZERO);
  }

  private void ignoringFailure(Host host, Command command) {
    try {
      client.run(host, command, (line, isError) -> {});
    } catch (RuntimeException e) {
      // What the host said was not heard.
    }
  }

  private static Command halved(Command command) {
    if (command.input().isEmpty()) {
      return command;
    }
    return command.withInput(
        out -> {
          ByteArrayOutputStream whole = new ByteArrayOutputStream();
          command.input().get().writeTo(whole);
          out.write(whole.toByteArray(), 0, whole.size() / 2);
          throw new IOException("cut");
        });
  }

  @Override
  public void close() {}
}

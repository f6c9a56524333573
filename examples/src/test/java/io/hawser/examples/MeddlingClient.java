package io.hawser.examples;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Lets somebody else do something right before a command reaches its host, once. */
final class MeddlingClient implements SshClient {
  private final SshClient client;
  private final List<Moment> moments = new ArrayList<>();

  private record Moment(String host, String command, Runnable deed) {}

  MeddlingClient(SshClient client) {
    this.client = client;
  }

  /**
   * Does something before the next such command on a host.
   *
   * @param command a regular expression for the whole command
   */
  synchronized void before(String host, String command, Runnable deed) {
    moments.add(new Moment(host, command, deed));
  }

  private void meddle(Host host, Command command) {
    List<Runnable> now = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Moment> each = moments.iterator(); each.hasNext(); ) {
        Moment moment = each.next();
        if (moment.host().equals(host.address()) && command.toString().matches(moment.command())) {
          each.remove();
          now.add(moment.deed());
        }
      }
    }
    now.forEach(Runnable::run);
  }

  @Override
  public CommandResult run(Host host, Command command) {
    meddle(host, command);
    return client.run(host, command);
  }

  @Override
  public CommandResult run(Host host, Command command, OutputListener listener) {
    meddle(host, command);
    return client.run(host, command, listener);
  }

  /** The client is not ours. */
  @Override
  public void close() {}
}

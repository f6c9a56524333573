package io.hawser.ssh.runner;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs commands on one host, each on the thread that asks for it. Thread-safe. */
public final class CommandRunner {
  private final Host host;
  private final Channels channels;
  private final Workers workers;

  /** Makes a runner. */
  public CommandRunner(Host host, Channels channels, Workers workers) {
    this.host = host;
    this.channels = channels;
    this.workers = workers;
  }

  /**
   * Runs a command and waits for its end.
   *
   * @throws CancelledException if the thread is interrupted; the command's session on the host was
   *     ended as far as it could be reached, and the thread's flag is set
   */
  public CommandResult run(Command command, @Nullable OutputListener listener) {
    RemoteKill kill = new RemoteKill(host, channels, workers);
    Execution execution = new Execution(host, command, listener, workers, kill);
    try {
      return execution.run(command.isLasting() ? channels::openAside : channels::open);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          host.address()
              + ": interrupted, \""
              + command
              + "\" was told to end"
              + leftovers(execution.leftovers()),
          e);
    }
  }

  private static String leftovers(List<String> processes) {
    return processes.isEmpty()
        ? ""
        : "; these processes have left its session and still run: " + String.join(", ", processes);
  }
}

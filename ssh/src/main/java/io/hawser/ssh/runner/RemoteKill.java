package io.hawser.ssh.runner;

import com.google.common.io.Resources;
import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a command on its host: closing a channel does not. Its session is told to end and, after two
 * seconds, killed. Best effort, within bounds; what cannot be reached cannot be ended.
 */
final class RemoteKill {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKill.class);

  /** An interrupted call shall return within five seconds. */
  private static final long WAIT_SECONDS = 4;

  private static final Script END = Script.of("end command", text());

  private final Host host;
  private final Channels channels;
  private final Workers workers;

  RemoteKill(Host host, Channels channels, Workers workers) {
    this.host = host;
    this.channels = channels;
    this.workers = workers;
  }

  private static String text() {
    try {
      return Resources.toString(
          Resources.getResource(RemoteKill.class, "end-command.sh"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends a command; keeps the thread's interrupt flag as it is.
   *
   * @param word what its processes carry
   * @param pid the id of its first shell; empty when it is not known yet
   * @return the processes that have left its session and still run, as id and name
   */
  List<String> run(Command command, String word, String pid) {
    Command kill = Command.script(END, word, pid).withTimeout(Duration.ofSeconds(WAIT_SECONDS));
    Command asSame = command.asRoot() ? kill : kill.asLoginUser();
    boolean interrupted = Thread.interrupted();
    try {
      Future<CommandResult> work =
          workers.start(() -> new Execution(host, asSame, null, workers).run(channels::openAside));
      List<String> left = work.get(WAIT_SECONDS, TimeUnit.SECONDS).lines();
      if (!left.isEmpty()) {
        LOG.warn("{}: \"{}\" was ended, but these left its session: {}", host, command, left);
      }
      return left;
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      LOG.warn("{}: \"{}\" may still run, it could not be told to end", host, command, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return List.of();
  }
}

package io.hawser.ssh.jsch;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a command on its host: closing a channel does not. The process group is told to end and,
 * after two seconds, killed. Best effort, within bounds; what cannot be reached cannot be ended.
 */
final class RemoteKill {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteKill.class);

  private static final long WAIT_SECONDS = 4;

  /**
   * The id we know is that of the first shell. Without sudo it leads the group; with sudo the group
   * is sudo's, which /proc tells.
   */
  private static final Script KILL =
      Script.of(
          "end process group",
          """
          g=$1
          if read -r s; then set -- ${s##*) }; g=$3; fi </proc/$1/stat
          kill -TERM -$g || exit 0
          i=0
          while [ $i -lt 20 ] && kill -0 -$g; do sleep 0.1 || sleep 1; i=$((i + 1)); done
          kill -KILL -$g
          exit 0
          """);

  private RemoteKill() {}

  /** Ends the group of the process; keeps the thread's interrupt flag as it is. */
  static void run(Connection connection, Workers workers, Host host, Command command, String pid) {
    Command kill = Command.script(KILL, pid).withTimeout(Duration.ofSeconds(WAIT_SECONDS));
    Command asSame = command.asRoot() ? kill : kill.asLoginUser();
    boolean interrupted = Thread.interrupted();
    try {
      // Beyond the limit of channels on purpose: it is 8 and sshd's is 10.
      Future<?> work =
          workers.start(() -> new Execution(connection, workers, host, asSame, null, false).run());
      work.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      LOG.debug("{}: process group {} of \"{}\" may still run", host, pid, command, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Exit;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * A command that was run on a {@link MockSsh}. Plain data, serialisable; of the environment only
 * the names, since values may be secrets.
 *
 * @param host the host's address
 * @param port the port of the host's sshd
 * @param command the command for people, as {@code Command.toString()} gives it
 * @param directory the directory it ran in; empty when none was given
 * @param envNames the names of its environment variables
 * @param asRoot whether it was to run as root
 * @param exit how it ended
 * @param took how long it took on the mock's clock
 */
public record RecordedCommand(
    String host,
    int port,
    String command,
    String directory,
    List<String> envNames,
    boolean asRoot,
    Exit exit,
    Duration took)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Copies the names. */
  public RecordedCommand {
    envNames = ImmutableList.copyOf(envNames);
  }

  /** The exit status, or -1 when it did not end by itself. */
  public int exitCode() {
    return exit instanceof Exit.Exited exited ? exited.code() : -1;
  }

  /** Host, command and exit on one line; with the port where it is not 22. */
  @Override
  public String toString() {
    int code = exitCode();
    boolean usual = port == SshAccess.DEFAULT_PORT;
    Endpoint where = new Endpoint(host, usual ? Endpoint.EVERY_PORT : port);
    return where + ": " + command + " -> " + (code < 0 ? exit.toString() : String.valueOf(code));
  }
}

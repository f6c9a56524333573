package io.hawser.ssh;

import io.hawser.cluster.Host;
import java.io.Closeable;

/**
 * Runs commands on hosts. The one seam between Hawser and the network: {@link
 * io.hawser.ssh.jsch.SshClients} makes the real one, {@code MockSsh} is one without a network.
 *
 * <p>Thread-safe. A connection to a host is made by the first command and kept until {@link
 * #close()}.
 */
public interface SshClient extends Closeable {
  /**
   * Runs a command and waits for its end. A command that ends with another status than 0, is killed
   * by a signal or loses its link is a result, not an exception.
   *
   * @throws SshException if the host cannot be reached, is not trusted or refuses to log in; the
   *     command was not started
   * @throws io.hawser.CancelledException if the thread is interrupted; the command's session on the
   *     host was ended, and the message names what has left it
   */
  CommandResult run(Host host, Command command);

  /**
   * Like {@link #run(Host, Command)}, handing each line of output to a listener while the command
   * runs. What the listener gets is not limited by the command's capture limit. Returns when the
   * listener has heard everything; an interrupt does not wait for it.
   */
  CommandResult run(Host host, Command command, OutputListener listener);

  /** Closes every connection. Commands under way end with a lost link. May be called again. */
  @Override
  void close();
}

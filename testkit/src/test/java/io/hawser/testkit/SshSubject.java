package io.hawser.testkit;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.Answer;
import java.io.Closeable;
import java.time.Duration;

/**
 * A client and a host that it reaches, be it over the network or in memory.
 *
 * <p>Tests say what the host does with a command. A real host does it by itself, and a command of
 * the test is written so that it does; a host in memory has to be told.
 */
interface SshSubject extends Closeable {
  /** The host, which logs in with what it holds. */
  Host host();

  /** A client that trusts the host. */
  SshClient client();

  /** What the host does with a command. */
  default void does(Command command, Answer answer) {}

  /** How long the host takes for a command. */
  default void takes(Command command, Duration time) {}

  /** From now on nothing listens on the host's port, and every link to it is cut. */
  void stop();

  /** A client that has never heard of the host, and does not learn. */
  SshClient stranger();

  /** A client that knows another key of the host. */
  SshClient deceived();

  /** The host, with a key that it does not accept. */
  Host lockedOut();

  /** A host that never answers. */
  Host silent();

  /** A client that does not wait for long. */
  SshClient impatient();

  @Override
  void close();
}

package io.hawser.ssh.runner;

import java.io.OutputStream;

/**
 * Opens channels to one host. The streams are written to on one thread, which must not be held up;
 * they are closed when the host says that no more comes.
 */
public interface Channels {
  /**
   * Opens a channel for a command, waiting for its turn where a host allows only so many. Nothing
   * of the command has happened when this fails.
   *
   * @param line what the login shell is to run
   */
  RemoteChannel open(byte[] line, OutputStream out, OutputStream err) throws InterruptedException;

  /** Opens a channel without waiting for a turn, over a new connection if need be. */
  RemoteChannel openAside(byte[] line, OutputStream out, OutputStream err)
      throws InterruptedException;
}

package io.hawser.ssh.runner;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A command line that a host is running: what the runner needs to know of an SSH channel. */
public interface RemoteChannel {
  /** The status while there is none. */
  int NO_STATUS = -1;

  /** What the command reads. */
  OutputStream stdin();

  /** Whether no more output can come: the host closed the channel, or the link is lost. */
  boolean isClosed();

  /** The exit status, or {@link #NO_STATUS} as long as none has come. */
  int exitStatus();

  /** The name of the signal that ended the command, without SIG; null if none did. */
  @Nullable String exitSignal();

  /** Closes the channel; on the host the command goes on. */
  void close();
}

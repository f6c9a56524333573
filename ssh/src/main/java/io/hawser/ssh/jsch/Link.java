package io.hawser.ssh.jsch;

import com.jcraft.jsch.Session;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open session, and the one to the jump host that carries it, if any. Each host behind a jump
 * host has a session of its own there, so that a slow host holds no other up.
 *
 * @param socket what it goes over; null when another session carries it
 * @param through what carries it; null for a direct connection
 */
record Link(Session session, @Nullable WatchedSocket socket, @Nullable Link through) {
  /** As long as a link may be silent before JSch gives it up. */
  private static final Duration STUCK = Duration.ofMillis(3L * ConnectAttempt.KEEP_ALIVE_MILLIS);

  private static final Duration SHORT = Duration.ofSeconds(1);

  boolean isUp() {
    return session.isConnected() && (through == null || through.isUp());
  }

  /** Ends the session when nothing can be written any more. */
  void dropIfStuck() {
    dropIfStuck(STUCK);
  }

  private void dropIfStuck(Duration limit) {
    if (socket != null) {
      socket.closeIfStuck(limit);
    }
    if (through != null) {
      through.dropIfStuck(limit);
    }
  }

  void close() {
    // First: a blocked write holds what disconnect() would wait for.
    dropIfStuck(SHORT);
    if (through != null) {
      through.close();
    }
    session.disconnect();
  }
}

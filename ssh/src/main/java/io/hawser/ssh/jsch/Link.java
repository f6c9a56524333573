package io.hawser.ssh.jsch;

import com.jcraft.jsch.Session;
import org.jspecify.annotations.Nullable;

/**
 * An open session, and the one to the jump host that carries it, if any. Each host behind a jump
 * host has a session of its own there, so that a slow host holds no other up.
 *
 * @param through what carries it; null for a direct connection
 */
record Link(Session session, @Nullable Link through) {
  boolean isUp() {
    return session.isConnected() && (through == null || through.isUp());
  }

  void close() {
    if (through != null) {
      through.close(); // first: a blocked write holds what disconnect() would wait for
    }
    session.disconnect();
  }
}

package io.hawser.ssh.jsch;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * What goes out over a socket, and since when a write is stuck there. When the link is cut while
 * the kernel's buffer is full, the write that waits for room holds the lock that JSch's keep-alive
 * wants, too: nobody would notice before TCP itself gives up, a quarter of an hour later.
 */
final class WatchedWrites extends OutputStream {
  private final Socket socket;
  private final OutputStream out;
  private volatile boolean writing;
  private volatile long since;

  WatchedWrites(Socket socket) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    since = System.nanoTime();
    writing = true;
    try {
      out.write(bytes, offset, length);
    } finally {
      writing = false;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Closes the socket, and so ends the session, when a write is stuck for longer than that. */
  void closeIfStuck(Duration limit) {
    if (writing && System.nanoTime() - since > limit.toNanos()) {
      try {
        socket.close();
      } catch (IOException e) {
        writing = false; // there is nothing left to close
      }
    }
  }
}

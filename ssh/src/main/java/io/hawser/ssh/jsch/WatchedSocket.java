package io.hawser.ssh.jsch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/**
 * A socket of which is known since when a write is stuck and nothing came. When the link is cut
 * while the kernel's buffer is full, the write that waits for room holds the lock that JSch's
 * keep-alive wants, too: nobody would notice before TCP itself gives up, a quarter of an hour
 * later. On a slow link a write may wait as long, but the host is heard.
 */
final class WatchedSocket {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private volatile boolean writing;
  private volatile long writingSince;
  private volatile long heard = System.nanoTime();

  WatchedSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new In(socket.getInputStream());
    this.out = new Out(socket.getOutputStream());
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  /** Closes the socket, and so ends the session, when that is so for longer than the limit. */
  void closeIfStuck(Duration limit) {
    if (writing && isOver(limit, writingSince) && isOver(limit, heard)) {
      try {
        socket.close();
      } catch (IOException e) {
        writing = false; // there is nothing left to close
      }
    }
  }

  private static boolean isOver(Duration limit, long since) {
    return System.nanoTime() - since > limit.toNanos();
  }

  private final class In extends FilterInputStream {
    In(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return heard(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return heard(in.read(bytes, offset, length));
    }

    private int heard(int result) {
      heard = System.nanoTime();
      return result;
    }
  }

  private final class Out extends OutputStream {
    private final OutputStream stream;

    Out(OutputStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writingSince = System.nanoTime();
      writing = true;
      try {
        stream.write(bytes, offset, length);
      } finally {
        writing = false;
      }
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }
  }
}

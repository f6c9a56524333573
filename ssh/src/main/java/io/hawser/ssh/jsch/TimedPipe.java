package io.hawser.ssh.jsch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Carries bytes between two threads like a socket does: bounded, and with a limit on how long a
 * read waits, on which JSch builds its keep-alive.
 */
final class TimedPipe {
  private static final int SIZE = 1 << 18;

  private final byte[] ring = new byte[SIZE];
  private int start;
  private int size;
  private long timeoutMillis;
  private boolean ended;
  private boolean closed;

  private final OutputStream sink =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          int done = 0;
          while (done < length) {
            done += put(bytes, offset + done, length - done);
          }
        }

        @Override
        public void close() {
          end();
        }
      };

  private final InputStream source =
      new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return take(bytes, offset, length);
        }
      };

  OutputStream sink() {
    return sink;
  }

  InputStream source() {
    return source;
  }

  /** How long a read waits before it fails as a socket's would; 0 for ever. */
  synchronized void timeout(long millis) {
    timeoutMillis = millis;
  }

  private synchronized int put(byte[] bytes, int offset, int length) throws IOException {
    while (size == SIZE && !closed) {
      await(0);
    }
    if (closed) {
      throw new IOException("the connection is closed");
    }
    int end = (start + size) % SIZE;
    int count = Math.min(length, Math.min(SIZE - size, SIZE - end));
    System.arraycopy(bytes, offset, ring, end, count);
    size += count;
    notifyAll();
    return count;
  }

  private synchronized int take(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (size == 0 && !ended && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (timeoutMillis > 0 && left <= 0) {
        throw new SocketTimeoutException("nothing came for " + timeoutMillis + " ms");
      }
      await(timeoutMillis > 0 ? left : 0);
    }
    if (size == 0) {
      return -1;
    }
    int count = Math.min(length, Math.min(size, SIZE - start));
    System.arraycopy(ring, start, bytes, offset, count);
    start = (start + count) % SIZE;
    size -= count;
    notifyAll();
    return count;
  }

  @SuppressWarnings("WaitNotInLoop") // who calls it does so in a loop
  private void await(long millis) throws IOException {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}

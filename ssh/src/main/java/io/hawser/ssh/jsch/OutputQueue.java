package io.hawser.ssh.jsch;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Carries output from the session's reader thread to the thread that runs the command, and wakes
 * the latter when something happens.
 *
 * <p>Bounded: a listener that is slower than its host makes the reader wait once 4 MiB are pending,
 * because losing lines or growing without end would be worse; the other commands of the same host
 * then wait too.
 */
final class OutputQueue {
  /** A piece of one stream. */
  static final class Piece {
    final byte[] bytes;
    final boolean error;

    Piece(byte[] bytes, boolean error) {
      this.bytes = bytes;
      this.error = error;
    }
  }

  private static final int LIMIT = 4 << 20;

  private final Queue<Piece> pieces = new ArrayDeque<>();
  private int pending;
  private boolean woken;
  private boolean abandoned;

  synchronized void put(byte[] bytes, int offset, int length, boolean error) {
    while (pending >= LIMIT && !abandoned) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // nobody interrupts the reader but to end it
        return;
      }
    }
    if (!abandoned) {
      pieces.add(new Piece(Arrays.copyOfRange(bytes, offset, offset + length), error));
      pending += length;
      notifyAll();
    }
  }

  /** Wakes the waiting thread, now or when it next waits. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Waits until something happens, at most so long, and takes nothing. */
  synchronized void awaitWake(long millis) throws InterruptedException {
    awaitAny(millis);
  }

  /** The next piece; null if none came in time or something else happened. */
  synchronized @Nullable Piece next(long millis) throws InterruptedException {
    awaitAny(millis);
    return poll();
  }

  private synchronized void awaitAny(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (pieces.isEmpty() && !woken) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    woken = false;
  }

  /** The next piece that is there already. */
  synchronized @Nullable Piece poll() {
    Piece piece = pieces.poll();
    if (piece != null) {
      pending -= piece.bytes.length;
      notifyAll();
    }
    return piece;
  }

  /** Nobody reads any more: further output is dropped and never waits. */
  synchronized void abandon() {
    abandoned = true;
    pieces.clear();
    notifyAll();
  }
}

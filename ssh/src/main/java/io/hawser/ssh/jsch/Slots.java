package io.hawser.ssh.jsch;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many channels may be open at once on a connection. A server that refuses one although some
 * are open has shown its own limit (MaxSessions), which then counts. First come, first served.
 */
final class Slots {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition free = lock.newCondition();
  private int limit;
  private int taken;

  Slots(int limit) {
    this.limit = limit;
  }

  void take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (taken >= limit) {
        free.await();
      }
      taken++;
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      taken--;
      free.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a slot back because no channel was opened for it.
   *
   * @param byServer whether the server refused it; otherwise the link was down
   * @return whether another channel is open, so that waiting for a slot makes sense
   */
  boolean refused(boolean byServer) {
    lock.lock();
    try {
      taken--;
      boolean others = byServer && taken > 0;
      if (others) {
        limit = Math.min(limit, taken);
      }
      free.signal();
      return others;
    } finally {
      lock.unlock();
    }
  }
}

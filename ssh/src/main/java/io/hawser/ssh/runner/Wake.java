package io.hawser.ssh.runner;

import java.util.concurrent.TimeUnit;

/** Wakes the thread that runs a command when something happened, or when it next waits. */
final class Wake {
  private boolean woken;

  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Waits until something happens or happened since the last call, at most so long. */
  synchronized void await(long millis) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!woken) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return;
      }
      wait(left);
    }
    woken = false;
  }
}

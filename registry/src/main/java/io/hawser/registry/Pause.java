package io.hawser.registry;

import io.hawser.CancelledException;
import java.time.Duration;

/** Waits between two attempts; tests wait in no time. */
@FunctionalInterface
interface Pause {
  /** Waits. */
  void sleep(Duration time);

  /** Waits for real. */
  static Pause real() {
    return time -> {
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("interrupted while waiting for a registry", e);
      }
    };
  }
}

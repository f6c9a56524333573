package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.ssh.Input;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * How many streams of file contents go to hosts at once; more hosts may be connected to. Shared by
 * all hosts of a call, and by as many calls as are given the same one. Thread-safe; first come,
 * first served.
 */
public final class Uploads {
  /** How many at once when nothing else is said. */
  public static final int DEFAULT_LIMIT = 16;

  private final Semaphore turns;

  private Uploads(int limit) {
    turns = new Semaphore(limit, true);
  }

  /** At most so many at once, 1 or more. */
  public static Uploads atMost(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("uploads at once: " + limit + " is below 1");
    }
    return new Uploads(limit);
  }

  /**
   * Waits for a turn and does the work with the input. The turn ends when the input is written, or
   * else with the work: what the host does with it afterwards keeps nobody waiting.
   */
  void inTurn(Input input, Consumer<Input> work) {
    try {
      turns.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while waiting for a turn to send files", e);
    }
    AtomicBoolean ended = new AtomicBoolean();
    Runnable end =
        () -> {
          if (ended.compareAndSet(false, true)) {
            turns.release();
          }
        };
    try {
      work.accept(
          stream -> {
            input.writeTo(stream);
            end.run();
          });
    } finally {
      end.run();
    }
  }
}

package io.hawser.bootstrap;

import io.hawser.fanout.LoneTask;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * How long a run may take. When that is over it is interrupted as its caller could have done.
 *
 * @param waiting waits for the run's end, at most as long as it is told
 */
record Deadline(Duration limit, Waiting waiting) {
  /** A host that is not done has a row of this name when nothing else failed. */
  static final String NAME = "deadline";

  /** Waits for real, or as a test wants. */
  @FunctionalInterface
  interface Waiting {
    /** Whether it has ended. */
    boolean untilEnd(LoneTask<?> task, Duration limit);
  }

  /** One by the clock of the machine. */
  static Deadline of(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("the deadline " + limit + " is not more than zero");
    }
    return new Deadline(limit, LoneTask::await);
  }

  /** Does the work on a thread of its own, whose interrupt is nobody's but the deadline's. */
  <R> R run(String call, RunProgress progress, Supplier<R> work) {
    LoneTask<R> task = LoneTask.start(call, work);
    if (!waiting.untilEnd(task, limit)) {
      progress.timeIsOver("the deadline of " + words() + " was over");
      task.cancel();
    }
    return task.result();
  }

  private String words() {
    long seconds = limit.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return String.format(Locale.ROOT, "%s s", limit.toMillis() / 1000.0).replace(".0 s", " s");
    }
    return seconds / 60 + " min";
  }
}

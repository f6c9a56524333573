package io.hawser.fanout;

import com.google.common.base.Throwables;
import io.hawser.CancelledException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on a daemon, named thread of its own, for who wants to do something else
 * meanwhile or to end it early. It is done when its thread has ended it, also after a cancel.
 * Thread-safe.
 */
public final class LoneTask<R> {
  /** Longer than a fan-out takes to tell its hosts that they shall stop. */
  private static final long CLEAN_UP_MILLIS = 5_000;

  private static final AtomicInteger TASKS = new AtomicInteger();

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable R result;
  private volatile @Nullable Throwable failure;

  private LoneTask(String name, Supplier<? extends R> work) {
    thread = new Thread(() -> run(work), "hawser-" + name + "-" + TASKS.incrementAndGet());
    thread.setDaemon(true);
  }

  /** Starts the work. */
  public static <R> LoneTask<R> start(String name, Supplier<? extends R> work) {
    LoneTask<R> task = new LoneTask<>(name, work);
    task.thread.start();
    return task;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, it is thrown to who asks for the result
  private void run(Supplier<? extends R> work) {
    try {
      result = work.get();
    } catch (Throwable e) {
      failure = e;
    } finally {
      ended.countDown();
    }
  }

  /** Whether it has ended. */
  public boolean isDone() {
    return ended.getCount() == 0;
  }

  /** Interrupts the work; does not wait for its end, and does nothing when it has ended. */
  public void cancel() {
    if (!isDone()) {
      thread.interrupt();
    }
  }

  /**
   * Waits; whether it has ended.
   *
   * @throws CancelledException if the calling thread is interrupted: then the work is cancelled,
   *     its end waited for, at most 5 s, and the flag kept
   */
  public boolean await(Duration limit) {
    try {
      return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
  }

  /**
   * Waits, and gives what came of it or throws what it threw.
   *
   * @throws CancelledException as {@link #await(Duration)}
   */
  public R result() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      throw cancelled(e);
    }
    Throwable thrown = failure;
    if (thrown != null) {
      Throwables.throwIfUnchecked(thrown);
      throw new IllegalStateException(thrown);
    }
    return Objects.requireNonNull(result);
  }

  private CancelledException cancelled(InterruptedException cause) {
    cancel();
    try {
      if (!ended.await(CLEAN_UP_MILLIS, TimeUnit.MILLISECONDS)) {
        cause.addSuppressed(new IllegalStateException(thread.getName() + " has not ended yet"));
      }
    } catch (InterruptedException again) {
      cause.addSuppressed(again);
    }
    Thread.currentThread().interrupt();
    return new CancelledException("interrupted while waiting for " + thread.getName(), cause);
  }
}

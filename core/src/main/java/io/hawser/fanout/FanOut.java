package io.hawser.fanout;

import com.google.common.base.Throwables;
import io.hawser.CancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Does the same work for many items at once, on bounded, daemon, named threads that end with the
 * call. The only place of the library that starts threads for work on hosts.
 */
public final class FanOut {
  /** How many items are worked on at once when nothing else is said. */
  public static final int DEFAULT_WIDTH = 32;

  /** An abort shall return within five seconds. */
  private static final long CLEAN_UP_MILLIS = 4_500;

  private static final AtomicInteger RUNS = new AtomicInteger();

  private FanOut() {}

  /**
   * Applies the work to every item and returns the results in the items' order. The work must turn
   * its failures into results; what it throws all the same is thrown here once all items are done.
   *
   * @throws CancelledException if the calling thread is interrupted; the workers are interrupted
   *     too and waited for, at most 4.5 s, and the flag is kept
   */
  public static <T, R> List<R> map(
      List<T> items, int width, Function<? super T, ? extends R> work) {
    if (items.isEmpty()) {
      return List.of();
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(Math.max(1, Math.min(width, items.size())), threads());
    try {
      List<Future<R>> futures = new ArrayList<>(items.size());
      for (T item : items) {
        futures.add(pool.submit(() -> work.apply(item)));
      }
      return collect(futures);
    } catch (CancelledException e) {
      awaitCleanUp(pool);
      throw e;
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Interrupted workers tell their hosts to stop, over connections that the caller may close as
   * soon as this returns; they are given the time for it.
   */
  private static void awaitCleanUp(ExecutorService pool) {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(CLEAN_UP_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static <R> List<R> collect(List<Future<R>> futures) {
    List<R> results = new ArrayList<>(futures.size());
    Throwable failure = null;
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancelledException("interrupted while working on several hosts", e);
      } catch (ExecutionException e) {
        Throwable thrown = e.getCause() == null ? e : e.getCause();
        if (failure == null) {
          failure = thrown;
        } else if (!failure.equals(thrown)) {
          failure.addSuppressed(thrown);
        }
      }
    }
    if (failure != null) {
      Throwables.throwIfUnchecked(failure);
      throw new IllegalStateException(failure);
    }
    return results;
  }

  private static ThreadFactory threads() {
    int run = RUNS.incrementAndGet();
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "hawser-" + run + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}

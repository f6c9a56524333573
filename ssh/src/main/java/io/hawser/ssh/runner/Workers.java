package io.hawser.ssh.runner;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one client. Everything in JSch that may block runs here and never on the caller's
 * thread, because JSch swallows interrupts: the caller waits on a future and stays interruptible.
 *
 * <p>Unbounded, but each command uses at most two at a time and commands are limited per host.
 * Daemons that end when idle.
 */
public final class Workers {
  private final ExecutorService pool;
  private final AtomicInteger count = new AtomicInteger();

  /** Makes the threads of one client; none is started yet. */
  public Workers() {
    pool =
        new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), threads());
  }

  /** Starts the work at once; after {@link #close()} it fails with IllegalStateException. */
  public <T> Future<T> start(Callable<T> work) {
    try {
      return pool.submit(work);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the SSH client is closed", e);
    }
  }

  /** Makes threads like these for who needs its own. */
  public ThreadFactory threads() {
    return work -> {
      Thread thread = new Thread(work, "hawser-ssh-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Lets no more work start; what runs goes on. */
  public void close() {
    pool.shutdown();
  }
}

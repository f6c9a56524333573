package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.fanout.LoneTask;
import io.hawser.filesystem.FilesystemException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs on a thread of its own, and that can be looked at, waited for and cancelled.
 * {@link BackgroundRuns} starts it.
 *
 * <p>Thread-safe. It holds a thread, so it is not serialisable; its {@link #report()} is.
 */
public final class BackgroundRun {
  private final List<HostResult> rows = new ArrayList<>();
  private final LoneTask<Report> task;
  private @Nullable Report whole;

  /**
   * Starts it.
   *
   * @param work what is done; it tells its rows to whom it is given
   */
  BackgroundRun(String name, Function<StepListener, Report> work) {
    task = LoneTask.start(name, () -> done(work));
  }

  private synchronized void add(HostResult row) {
    rows.add(row);
  }

  private Report done(Function<StepListener, Report> work) {
    try {
      return keep(work.apply(this::add));
    } catch (BootstrapException e) {
      keep(e.report());
      throw e;
    } catch (FilesystemException e) {
      keep(e.report());
      throw e;
    }
  }

  private synchronized Report keep(Report report) {
    whole = report;
    return report;
  }

  /** Whether the call has ended, however that was; after a cancel this takes some seconds. */
  public boolean isDone() {
    return task.isDone();
  }

  /**
   * Waits for the end of the call, and gives its report.
   *
   * @throws BootstrapException or another exception, as the call throws it
   * @throws CancelledException if it was cancelled; or if the calling thread is interrupted: then
   *     the call is cancelled and its end waited for, at most five seconds, and the flag kept
   */
  public Report await() {
    return task.result();
  }

  /**
   * Waits for the end of the call.
   *
   * @return whether it has ended; {@link #await()} then gives its outcome at once
   * @throws CancelledException if the calling thread is interrupted: then the call is cancelled and
   *     its end waited for, at most five seconds, and the flag kept
   */
  public boolean await(Duration limit) {
    return task.await(limit);
  }

  /** {@link #await(Duration)} with a number of seconds. */
  public boolean awaitSeconds(long seconds) {
    return task.await(Duration.ofSeconds(seconds));
  }

  /**
   * Ends the call as an interrupt does: commands on the hosts are told to end, nothing more is
   * begun. Returns at once; does nothing when the call has ended.
   */
  public void cancel() {
    task.cancel();
  }

  /**
   * The rows so far, in the order in which they came; when the call has ended, its whole report,
   * also when it failed. A host that a cancelled call was at work on has a row {@code UNKNOWN}.
   */
  public synchronized Report report() {
    return whole == null ? Report.of(rows) : whole;
  }
}

package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Turns work on one host into one row of a report, whatever becomes of it. */
public final class HostStep {
  /** How much of a stack trace leads to the place: the first frames may be of the JDK. */
  private static final int FRAMES = 3;

  private HostStep() {}

  /** Work that yields a row itself; what it throws becomes a failed row, with its duration. */
  public static HostResult run(String host, String step, Supplier<HostResult> work) {
    long start = System.nanoTime();
    HostResult result;
    try {
      result = work.get();
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      // Also what a user's own strategy or dependency throws: it must not hide the other hosts.
      result = failed(host, step, e);
    }
    return result.took(Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * The row of work that threw. Of an exception that was not worded for people it also says where
   * it was thrown, since nobody else will: no row has a stack trace.
   */
  public static HostResult failed(String host, String step, RuntimeException e) {
    HostResult row = HostResult.of(host, step, Status.FAILED, message(host, e));
    return isWorded(e)
        ? row
        : row.details(
            Arrays.stream(e.getStackTrace()).limit(FRAMES).map(frame -> "at " + frame).toList());
  }

  /** What a row says of an exception: its message, without the host that the row names anyway. */
  public static String message(String host, RuntimeException e) {
    String message = isWorded(e) && e.getMessage() != null ? e.getMessage() : e.toString();
    return withoutHost(host, message);
  }

  private static boolean isWorded(RuntimeException e) {
    return e instanceof HawserException
        || e instanceof UncheckedIOException
        || e instanceof IllegalArgumentException;
  }

  private static String withoutHost(String host, String message) {
    String prefix = host + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  /** Work that applies or undoes changes, summed up as one row. */
  public static HostResult changes(
      String host, String step, Supplier<? extends List<ChangeResult>> work) {
    return run(
        host,
        step,
        () -> {
          List<ChangeResult> results = work.get();
          return summary(host, step, results)
              .transfers(results.stream().flatMap(done -> done.transfers().stream()).toList());
        });
  }

  private static HostResult summary(String host, String step, List<ChangeResult> results) {
    List<String> details =
        results.stream()
            .filter(result -> !isSame(result) || !result.message().isEmpty())
            .map(result -> line(host, result))
            .toList();
    List<ChangeResult> done = results.stream().filter(result -> !isSame(result)).toList();
    for (ChangeResult result : done) {
      if (result.outcome() == HostChange.Outcome.FAILED) {
        return HostResult.of(host, step, Status.FAILED, failure(host, step, result))
            .details(details);
      }
    }
    if (done.isEmpty()) {
      return HostResult.of(host, step, Status.OK, "nothing to change").details(details);
    }
    long kept = count(results, HostChange.Outcome.KEPT);
    long changed = count(results, HostChange.Outcome.CHANGED);
    return HostResult.of(
            host,
            step,
            kept > 0 ? Status.WARNING : Status.CHANGED,
            done.size() == 1
                ? line(host, done.get(0))
                : changed + " changed" + (kept > 0 ? ", " + kept + " kept as they are" : ""))
        .details(details);
  }

  private static boolean isSame(ChangeResult result) {
    return result.outcome() == HostChange.Outcome.SAME;
  }

  private static long count(List<ChangeResult> results, HostChange.Outcome outcome) {
    return results.stream().filter(result -> result.outcome() == outcome).count();
  }

  /** Step and host stand in the row already. */
  private static String failure(String host, String step, ChangeResult result) {
    String why = withoutHost(host, result.message());
    return result.target().equals(step) ? why : result.target() + ": " + why;
  }

  private static String line(String host, ChangeResult result) {
    String message = withoutHost(host, result.message());
    return result.summary() + (message.isEmpty() ? "" : ": " + message);
  }
}

package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one run has come to: which hosts are under way with what, which failed, and whether it
 * begins anything more. Thread-safe.
 */
final class RunProgress {
  private final RunTerms terms;
  private final List<Host> hosts;
  private final Predicate<Host> isRegistry;
  private final RunNews news;
  private final Map<Host, String> underWay = new LinkedHashMap<>();
  private final Map<Host, HostResult> ended = new LinkedHashMap<>();
  private final Set<Host> failed = new LinkedHashSet<>();
  private @Nullable String stopped;
  private boolean timeIsOver;
  private boolean cut;

  /** One of a run on these hosts. */
  RunProgress(RunTerms terms, List<Host> hosts, Predicate<Host> isRegistry) {
    this.terms = terms;
    this.hosts = List.copyOf(hosts);
    this.isRegistry = isRegistry;
    this.news = new RunNews(terms.listeners());
  }

  /**
   * Does a step's work on a host, unless nothing is begun any more.
   *
   * @param told whether its row is one of the report
   */
  HostResult of(String step, Host host, boolean told, Supplier<HostResult> work) {
    Optional<HostResult> skipped = begin(step, host);
    HostResult row = skipped.isPresent() ? skipped.get() : work.get();
    synchronized (this) {
      underWay.remove(host); // stays when the work was interrupted: nobody knows what came of it
      ended.put(host, row);
    }
    if (row.status().isFailure()) {
      failed(host, step);
    }
    if (told) {
      news.tell(row);
    }
    return row;
  }

  private synchronized Optional<HostResult> begin(String step, Host host) {
    if (stopped != null) {
      cut = true;
      return Optional.of(skipped(step, host));
    }
    underWay.put(host, step);
    return Optional.empty();
  }

  /** Another step begins. */
  synchronized void begin() {
    ended.clear();
  }

  /** Work on these hosts begins that tells nothing of itself until it ends. */
  synchronized void begin(String step, List<Host> several) {
    several.forEach(host -> underWay.put(host, step));
  }

  synchronized void end(List<Host> several) {
    several.forEach(underWay::remove);
  }

  /** A row that is whole; one that was told already is not told again. */
  void tell(HostResult row) {
    news.tell(row);
  }

  synchronized void failed(Host host, String step) {
    if (failed.add(host) && stopped == null) {
      stopped = terms.policy().stops(hosts, new ArrayList<>(failed), isRegistry, step).orElse(null);
    }
  }

  /** A row without a step of its own failed. */
  void failed(HostResult row) {
    hosts.stream()
        .filter(host -> host.address().equals(row.host()))
        .findFirst()
        .ifPresent(host -> failed(host, row.step()));
  }

  /** Comes from outside, before the run is interrupted. */
  synchronized void timeIsOver(String why) {
    timeIsOver = true;
    stopped = why;
  }

  /** Whether an interrupt that was met is that of the deadline. */
  synchronized boolean isTimeOver() {
    return timeIsOver;
  }

  synchronized boolean isStopped() {
    return stopped != null;
  }

  /** Something was not done, or not brought to its end, because the run stopped. */
  synchronized void cut() {
    cut = true;
  }

  /** Whether the time was over before all was done. */
  synchronized boolean isCutByTime() {
    return timeIsOver && cut;
  }

  /** Why nothing is begun any more. */
  synchronized String reason() {
    return String.valueOf(stopped);
  }

  /** A row of a step that was not begun on a host. */
  synchronized HostResult skipped(String step, Host host) {
    cut = true;
    return HostResult.of(host.address(), step, Status.SKIPPED, "skipped, because " + stopped);
  }

  /** What came of the step that was interrupted on a host. */
  synchronized HostResult ended(String step, Host host) {
    HostResult row = ended.get(host);
    if (row != null) {
      return row;
    }
    return underWay.remove(host) == null ? skipped(step, host) : unknown(step, host);
  }

  /** Rows of hosts that were under way when the run was interrupted. */
  synchronized List<HostResult> interrupted() {
    List<HostResult> rows = new ArrayList<>();
    underWay.forEach((host, step) -> rows.add(unknown(step, host)));
    underWay.clear();
    cut = true;
    return rows;
  }

  private HostResult unknown(String step, Host host) {
    String why = timeIsOver ? String.valueOf(stopped) : "the run was cancelled";
    return HostResult.of(
            host.address(),
            step,
            Status.UNKNOWN,
            "told to end, because " + why + ": it may or may not have taken effect")
        .advice(null, "make the call again: what is done stays done");
  }

  /** Nothing is told any more; work that has not ended by now is not waited for. */
  void close() {
    news.close();
  }
}

package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.host.HostStep;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs steps in order; a host on which one failed is skipped in the rest. When the run stops, all
 * that was not begun becomes a skipped row.
 */
final class StepRunner {
  private final LockedHosts reach;
  private final RunProgress progress;
  private final Map<Host, String> failedSteps = new HashMap<>();
  private final List<HostResult> results = new ArrayList<>();

  StepRunner(LockedHosts reach) {
    this.reach = reach;
    this.progress = reach.progress();
  }

  void run(List<Step> steps, List<Host> hosts) {
    for (Step step : steps) {
      run(step, hosts.stream().filter(host -> applies(step, host)).toList());
    }
  }

  /** Which hosts a hook or dependency is for may be asked of somebody else's code. */
  private boolean applies(Step step, Host host) {
    try {
      return step.appliesTo(host);
    } catch (RuntimeException e) {
      if (!failedSteps.containsKey(host)) {
        fail(host, HostStep.failed(host.address(), step.name(), e));
      }
      return false;
    }
  }

  private void run(Step step, List<Host> hosts) {
    List<Host> able = hosts.stream().filter(host -> !failedSteps.containsKey(host)).toList();
    Map<Host, HostResult> byHost = rows(step, able);
    for (Host host : hosts) {
      HostResult result = byHost.get(host);
      if (result == null) {
        String why = "skipped, because " + failedSteps.get(host) + " failed";
        result = HostResult.of(host.address(), step.name(), Status.SKIPPED, why);
      } else if (result.status().isFailure()) {
        failedSteps.put(host, step.name());
        progress.failed(host, step.name());
      }
      results.add(result);
      progress.tell(result);
    }
  }

  /** Runs a step on hosts whatever failed on them before, and does not skip them for its sake. */
  void runAnyway(Step step, List<Host> hosts) {
    rows(step, hosts)
        .forEach(
            (host, row) -> {
              results.add(row);
              progress.tell(row);
              if (row.status().isFailure()) {
                progress.failed(host, row.step());
              }
            });
  }

  private Map<Host, HostResult> rows(Step step, List<Host> hosts) {
    Map<Host, HostResult> byHost = new LinkedHashMap<>();
    if (progress.isStopped()) {
      hosts.forEach(host -> byHost.put(host, progress.skipped(step.name(), host)));
      return byHost;
    }
    List<HostResult> done;
    progress.begin();
    try {
      done = hosts.isEmpty() ? List.of() : step.run(hosts, reach.telling(step.name()));
    } catch (CancelledException e) {
      return afterDeadline(step, hosts, e);
    }
    for (int i = 0; i < hosts.size(); i++) {
      byHost.put(hosts.get(i), done.get(i));
    }
    return byHost;
  }

  private Map<Host, HostResult> afterDeadline(
      Step step, List<Host> hosts, CancelledException interrupt) {
    clear(interrupt);
    Map<Host, HostResult> byHost = new LinkedHashMap<>();
    hosts.forEach(host -> byHost.put(host, progress.ended(step.name(), host)));
    return byHost;
  }

  /** Work that is no step: not begun when the run has stopped, and then this in its place. */
  <R> R unlessStopped(R otherwise, Supplier<R> work) {
    if (progress.isStopped()) {
      progress.cut();
      return otherwise;
    }
    try {
      return work.get();
    } catch (CancelledException e) {
      clear(e);
      progress.interrupted().forEach(this::add);
      return otherwise;
    }
  }

  /** The same without a result. */
  void unlessStopped(Runnable work) {
    Object unused =
        unlessStopped(
            "",
            () -> {
              work.run();
              return "";
            });
  }

  /** The deadline's interrupt has done its work; any other is the caller's and goes on. */
  private void clear(CancelledException interrupt) {
    if (!progress.isTimeOver()) {
      throw interrupt;
    }
    boolean unused = Thread.interrupted();
    progress.cut();
  }

  /** Adds a row of a host that failed before any step, and skips it in all. */
  void fail(Host host, HostResult row) {
    failedSteps.put(host, row.step());
    progress.failed(host, row.step());
    results.add(row);
    progress.tell(row);
  }

  /** Adds a row that no step made. */
  void add(HostResult row) {
    results.add(row);
    progress.tell(row);
    if (row.status().isFailure()) {
      progress.failed(row);
    }
  }

  boolean failed(Host host) {
    return failedSteps.containsKey(host);
  }

  Report report() {
    return Report.of(results);
  }
}

package io.hawser.bootstrap;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.host.ClusterLock;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Runs that change hosts: under the lock of these, within the deadline, told to listeners. */
record GuardedRuns(Hosts reach, RunTerms terms, Predicate<Host> isRegistry) {
  /** What a run does. */
  @FunctionalInterface
  interface Work {
    void run(StepRunner runner, LockedHosts reach);
  }

  /**
   * Does it.
   *
   * @throws BootstrapException with the report, if a host failed or time was over
   */
  Report run(String call, List<Host> hosts, Work work) {
    if (hosts.isEmpty()) {
      return Report.empty();
    }
    RunProgress progress = new RunProgress(terms, hosts, isRegistry);
    Deadline deadline = terms.deadline();
    Report report =
        deadline == null
            ? locked(call, hosts, work, progress)
            : deadline.run(call, progress, () -> locked(call, hosts, work, progress));
    if (!report.succeeded()) {
      throw new BootstrapException(call, report);
    }
    return report;
  }

  private Report locked(String call, List<Host> hosts, Work work, RunProgress progress) {
    try {
      List<HostResult> rows = new ArrayList<>(rows(call, hosts, work, progress));
      if (progress.isCutByTime() && Report.of(rows).succeeded()) {
        // Nothing was under way just then, but skipped rows alone would count as success.
        hosts.stream().map(host -> late(host, progress)).forEach(rows::add);
        rows.forEach(progress::tell);
      }
      return Report.of(rows);
    } finally {
      progress.close();
    }
  }

  private List<HostResult> rows(String call, List<Host> hosts, Work work, RunProgress progress) {
    try (ClusterLock lock = reach.lock(hosts)) {
      LockedHosts locked = new LockedHosts(reach, lock, progress, call, false);
      StepRunner runner = new StepRunner(locked);
      work.run(runner, locked);
      return runner.report().results();
    } catch (CancelledException e) {
      if (!progress.isTimeOver()) {
        progress.interrupted().forEach(progress::tell);
        throw e;
      }
      boolean unused = Thread.interrupted();
      progress.cut();
      return List.of();
    }
  }

  private static HostResult late(Host host, RunProgress progress) {
    return HostResult.of(
            host.address(),
            Deadline.NAME,
            Status.FAILED,
            progress.reason() + " before all was done on this host")
        .advice(null, "make the call again: what is done stays done");
  }
}

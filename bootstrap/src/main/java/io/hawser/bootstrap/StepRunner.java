package io.hawser.bootstrap;

import io.hawser.cluster.Host;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs steps in order; a host on which one failed is skipped in the rest. */
final class StepRunner {
  private final LockedHosts reach;
  private final Map<Host, String> failedSteps = new HashMap<>();
  private final List<HostResult> results = new ArrayList<>();

  StepRunner(LockedHosts reach) {
    this.reach = reach;
  }

  void run(List<Step> steps, List<Host> hosts) {
    for (Step step : steps) {
      run(step, hosts.stream().filter(step::appliesTo).toList());
    }
  }

  private void run(Step step, List<Host> hosts) {
    List<Host> able = hosts.stream().filter(host -> !failedSteps.containsKey(host)).toList();
    List<HostResult> done = able.isEmpty() ? List.of() : step.run(able, reach);
    Map<Host, HostResult> byHost = new HashMap<>();
    for (int i = 0; i < able.size(); i++) {
      byHost.put(able.get(i), done.get(i));
    }
    for (Host host : hosts) {
      HostResult result = byHost.get(host);
      if (result == null) {
        String why = "skipped, because " + failedSteps.get(host) + " failed";
        result = HostResult.of(host.address(), step.name(), Status.SKIPPED, why);
      } else if (result.status().isFailure()) {
        failedSteps.put(host, step.name());
      }
      results.add(result);
    }
  }

  /** Adds a row of a host that failed before any step, and skips it in all. */
  void fail(Host host, HostResult row) {
    failedSteps.put(host, row.step());
    results.add(row);
  }

  /** Adds a row that no step made. */
  void add(HostResult row) {
    results.add(row);
  }

  boolean failed(Host host) {
    return failedSteps.containsKey(host);
  }

  Report report() {
    return Report.of(results);
  }
}

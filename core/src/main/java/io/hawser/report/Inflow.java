package io.hawser.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one or several hosts were sent by one sender, step by step: an edge with its labels.
 *
 * @param from who sent it
 * @param parts one for each step
 */
record Inflow(String from, List<Part> parts) {
  /**
   * What came in one step.
   *
   * @param took how long the host that took longest needed
   */
  record Part(String step, long bytes, Duration took) {
    /** As a label. */
    String text() {
      return Figures.bytes(bytes) + " in " + Figures.time(took);
    }
  }

  long bytes() {
    return parts.stream().mapToLong(Part::bytes).sum();
  }

  /** What these hosts were sent, by sender in the order in which they first appear. */
  static List<Inflow> to(Collection<String> hosts, List<HostResult> results) {
    Map<String, Map<String, List<Transfer>>> bySender = new LinkedHashMap<>();
    for (HostResult result : results) {
      for (Transfer transfer : result.transfers()) {
        if (hosts.contains(transfer.to()) && !hosts.contains(transfer.from())) {
          bySender
              .computeIfAbsent(transfer.from(), from -> new LinkedHashMap<>())
              .computeIfAbsent(result.step(), step -> new ArrayList<>())
              .add(transfer);
        }
      }
    }
    List<Inflow> inflows = new ArrayList<>();
    bySender.forEach(
        (from, steps) -> {
          List<Part> parts = new ArrayList<>();
          steps.forEach((step, all) -> parts.add(part(step, all)));
          inflows.add(new Inflow(from, parts));
        });
    return inflows;
  }

  private static Part part(String step, List<Transfer> transfers) {
    Map<String, Duration> byHost = new LinkedHashMap<>();
    transfers.forEach(one -> byHost.merge(one.to(), one.took(), Duration::plus));
    Duration longest = byHost.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return new Part(step, transfers.stream().mapToLong(Transfer::bytes).sum(), longest);
  }
}

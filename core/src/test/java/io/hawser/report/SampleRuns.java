package io.hawser.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Reports and topologies of clusters of any size. */
final class SampleRuns {
  private static final List<String> STEPS =
      List.of("reach", "mount", "distribute", "registry", "audit", "ready", "init", "endpoints");
  private static final Set<String> OF_REGISTRIES =
      Set.of("distribute", "registry", "audit", "ready");

  private SampleRuns() {}

  /** Addresses of registries and nodes are those of {@link #replica} and {@link #node}. */
  static Topology topology(int replicas, int nodes) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      all.add(replica(i));
    }
    List<Topology.Member> members = new ArrayList<>();
    for (int i = 0; i < replicas; i++) {
      List<String> roles = List.of("master", "registry");
      members.add(
          new Topology.Member(replica(i), roles, "https://" + replica(i) + ":5000", from(all, i)));
    }
    for (int i = 0; i < nodes; i++) {
      members.add(new Topology.Member(node(i), List.of("node"), null, from(all, i)));
    }
    return Topology.of("production", members);
  }

  static String replica(int number) {
    return "10.0.10." + (11 + number);
  }

  static String node(int number) {
    return "10.0.20." + (1 + number);
  }

  private static List<String> from(List<String> replicas, int first) {
    List<String> order = new ArrayList<>(replicas);
    if (!order.isEmpty()) {
      Collections.rotate(order, -(first % order.size()));
    }
    return order;
  }

  /** A run whose step init fails on the nodes with these numbers; artifacts are relayed. */
  static Report run(Topology topology, Integer... failed) {
    List<String> bad = List.of(failed).stream().map(SampleRuns::node).toList();
    List<HostResult> rows = new ArrayList<>();
    for (String step : STEPS) {
      String before = Transfer.CONTROLLER;
      for (Topology.Member member : topology.members()) {
        if (OF_REGISTRIES.contains(step) && !member.isReplica()) {
          continue;
        }
        HostResult row =
            HostResult.of(member.address(), step, Status.CHANGED, "4 files")
                .took(Duration.ofMillis(120));
        if (step.equals("mount")) {
          row = sent(row, Transfer.CONTROLLER, 412L << 20);
        } else if (step.equals("distribute")) {
          row = sent(row, before, 3L << 30);
          before = member.address();
        } else if (step.equals("init") && bad.contains(member.address())) {
          row =
              HostResult.of(member.address(), step, Status.FAILED, "init.sh exited 1")
                  .details(List.of("ERROR: containerd did not come up"))
                  .advice("spec.hosts[3]", "look at its journal");
        }
        rows.add(row);
      }
    }
    return Report.of(rows);
  }

  private static HostResult sent(HostResult row, String from, long bytes) {
    Duration took = Duration.ofMillis(4100);
    return row.transfers(List.of(new Transfer(from, row.host(), bytes, took, "/data")));
  }
}

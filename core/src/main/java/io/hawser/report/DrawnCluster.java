package io.hawser.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is to be drawn: a box for each registry, and boxes for the other hosts beside the registry
 * that they ask first.
 *
 * @param senders who sent something and is no host of the cluster: mostly the controller alone
 * @param replicas the registries
 * @param others by the number of the registry that they ask first, from 1; 0 for those that ask
 *     none
 */
record DrawnCluster(
    List<String> senders, List<DrawnBox> replicas, Map<Integer, List<DrawnBox>> others) {
  /** More hosts that ask alike are one box. */
  private static final int MOST_ALIKE = 3;

  static DrawnCluster of(Report report, Topology topology) {
    List<Topology.Member> members = topology.members();
    Map<String, Integer> numbers = new LinkedHashMap<>();
    topology.replicas().forEach(m -> numbers.putIfAbsent(m.address(), numbers.size() + 1));
    List<DrawnBox> replicas = new ArrayList<>();
    Map<List<Integer>, List<Topology.Member>> byOrder = new LinkedHashMap<>();
    for (Topology.Member member : members) {
      List<Integer> order =
          member.pullsFrom().stream().filter(numbers::containsKey).map(numbers::get).toList();
      if (member.isReplica()) {
        int number = numbers.getOrDefault(member.address(), 0);
        replicas.add(box(report, List.of(member), number, order));
      } else {
        byOrder.computeIfAbsent(order, any -> new ArrayList<>()).add(member);
      }
    }
    Map<Integer, List<DrawnBox>> others = new LinkedHashMap<>();
    byOrder.forEach(
        (order, alike) -> {
          int first = order.isEmpty() ? 0 : order.get(0);
          List<DrawnBox> boxes = others.computeIfAbsent(first, any -> new ArrayList<>());
          if (alike.size() > MOST_ALIKE) {
            boxes.add(box(report, alike, 0, order));
          } else {
            alike.forEach(member -> boxes.add(box(report, List.of(member), 0, order)));
          }
        });
    return new DrawnCluster(senders(report, members), replicas, others);
  }

  private static DrawnBox box(
      Report report, List<Topology.Member> members, int number, List<Integer> order) {
    List<String> addresses = members.stream().map(Topology.Member::address).toList();
    List<HostState> states =
        addresses.stream().map(address -> HostState.of(report.results(address))).toList();
    return new DrawnBox(
        members,
        number,
        order,
        HostState.ofAll(states),
        Inflow.to(new LinkedHashSet<>(addresses), report.results()));
  }

  private static List<String> senders(Report report, List<Topology.Member> members) {
    Set<String> hosts = new LinkedHashSet<>();
    members.forEach(member -> hosts.add(member.address()));
    Set<String> senders = new LinkedHashSet<>();
    report.results().stream()
        .flatMap(result -> result.transfers().stream())
        .filter(transfer -> hosts.contains(transfer.to()) && !hosts.contains(transfer.from()))
        .forEach(transfer -> senders.add(transfer.from()));
    return List.copyOf(senders);
  }

  /** All boxes, the registries first. */
  List<DrawnBox> boxes() {
    List<DrawnBox> boxes = new ArrayList<>(replicas);
    others.values().forEach(boxes::addAll);
    return boxes;
  }

  /** Whether there is more to see than a list of hosts. */
  boolean isWorthDrawing() {
    return !replicas.isEmpty() || !senders.isEmpty();
  }
}

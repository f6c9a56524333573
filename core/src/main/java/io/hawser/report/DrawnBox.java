package io.hawser.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A box of the drawing: one host, or several that ask the registries in the same order.
 *
 * @param members the hosts
 * @param number its number among the registries, from 1; 0 for boxes without one
 * @param order the numbers of the registries that they ask, the first first
 */
record DrawnBox(
    List<Topology.Member> members,
    int number,
    List<Integer> order,
    HostState state,
    List<Inflow> inflows) {

  List<String> addresses() {
    return members.stream().map(Topology.Member::address).toList();
  }

  /** What stands in the first line. */
  String name() {
    return members.size() == 1
        ? members.get(0).address()
        : Figures.count(members.size(), "host", "hosts");
  }

  /** The lines below the name. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Topology.Member first = members.get(0);
    if (members.size() > 1) {
      lines.add(first.address() + ",");
      lines.add(members.get(1).address() + (members.size() > 2 ? ", …" : ""));
    }
    String roles =
        members.stream()
            .flatMap(member -> member.roles().stream())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!roles.isEmpty()) {
      lines.add(roles);
    }
    if (first.registry() != null) {
      lines.add(place(first.registry()));
    }
    if (!order.isEmpty()) {
      lines.add("asks " + order.stream().map(n -> "R" + n).collect(Collectors.joining(", ")));
    }
    return lines;
  }

  /** Of a URL what the box does not say yet. */
  private static String place(String url) {
    return url.replaceFirst("^(https?)://.*:([0-9]+)$", "$1, port $2");
  }
}

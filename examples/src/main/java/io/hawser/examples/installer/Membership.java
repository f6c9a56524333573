package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which hosts a cluster has, with which roles, and what becomes of them by lists of hosts. */
final class Membership {
  private final Map<Host, Set<Role>> roles = new LinkedHashMap<>();

  private Membership() {}

  /** Nobody yet. */
  static Membership empty() {
    return new Membership();
  }

  /** The hosts of a cluster. */
  static Membership of(Cluster cluster) {
    Membership members = new Membership();
    cluster.hosts().forEach(host -> members.roles.put(host, copy(host.roles())));
    return members;
  }

  private static Set<Role> copy(Set<Role> roles) {
    Set<Role> copy = EnumSet.noneOf(Role.class);
    copy.addAll(roles);
    return copy;
  }

  /** Gives roles to hosts; those that are not known yet come last, and are reached in this way. */
  Membership add(Map<Role, List<HostList.Item>> lists, SshAccess access) {
    lists.forEach(
        (role, items) -> {
          for (HostList.Item item : items) {
            List<Host> known = known(item);
            if (known.size() > 1) {
              throw new IllegalArgumentException(
                  "there are several hosts at " + item + "; say which port");
            }
            roles
                .computeIfAbsent(
                    known.isEmpty() ? host(item, access) : known.get(0),
                    any -> EnumSet.noneOf(Role.class))
                .add(role);
          }
        });
    return this;
  }

  private static Host host(HostList.Item item, SshAccess access) {
    SshAccess own = access.toBuilder().port(item.port().orElse(access.port())).build();
    return Host.at(item.address()).ssh(own).build();
  }

  /**
   * Takes roles from hosts. A host that has none any more stays here without a role.
   *
   * @throws IllegalArgumentException with everything that cannot be
   */
  Membership remove(Map<Role, List<HostList.Item>> lists) {
    Host first = hosts(Role.MASTER).get(0);
    boolean registries = !hosts(Role.REGISTRY).isEmpty();
    List<String> faults = new ArrayList<>();
    lists.forEach(
        (role, items) -> {
          for (HostList.Item item : items) {
            List<Host> named =
                known(item).stream().filter(host -> rolesOf(host).contains(role)).toList();
            if (named.size() != 1) {
              faults.add(
                  item
                      + (named.isEmpty()
                          ? " has not the role " + role.word()
                          : " is not one host"));
            } else if (role == Role.MASTER && named.get(0).equals(first)) {
              faults.add(item + " is the first master, which cannot be removed");
            } else {
              rolesOf(named.get(0)).remove(role);
            }
          }
        });
    if (registries && hosts(Role.REGISTRY).isEmpty()) {
      faults.add("no registry would be left; add another one first");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return this;
  }

  /** The roles of one of these hosts, to look at and to change. */
  private Set<Role> rolesOf(Host host) {
    return roles.computeIfAbsent(host, any -> EnumSet.noneOf(Role.class));
  }

  /** A host whose port is not said is the one at that address. */
  private List<Host> known(HostList.Item item) {
    return roles.keySet().stream()
        .filter(host -> host.address().equals(item.address()))
        .filter(host -> item.port().isEmpty() || item.port().getAsInt() == host.ssh().port())
        .toList();
  }

  /** Gives a host a role. */
  void give(Host host, Role role) {
    rolesOf(host).add(role);
  }

  /** Puts a host back to what it was before. */
  void restore(Host host, Membership before) {
    Set<Role> was = before.roles.get(host);
    if (was == null) {
      roles.remove(host);
    } else {
      roles.put(host, copy(was));
    }
  }

  /** The hosts with a role. */
  List<Host> hosts(Role role) {
    return roles.keySet().stream().filter(host -> rolesOf(host).contains(role)).toList();
  }

  /** The hosts without a role. */
  List<Host> leaving() {
    return roles.keySet().stream().filter(host -> rolesOf(host).isEmpty()).toList();
  }

  /** All hosts that have a role, with it: masters come first, then nodes, in their order. */
  List<Host> hosts() {
    return roles.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> with(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Host with(Host host, Set<Role> roles) {
    Host.Builder copy = Host.at(host.address()).ssh(host.ssh());
    host.labels().forEach(copy::label);
    return copy.arch(host.arch().orElse(null)).roles(roles.toArray(Role[]::new)).build();
  }

  /** The hosts whose roles are others than before. */
  List<Host> changedSince(Membership before) {
    return Stream.concat(before.roles.keySet().stream(), roles.keySet().stream())
        .distinct()
        .filter(host -> !words(host).equals(before.words(host)))
        .toList();
  }

  /** The roles of a host for people. */
  String words(Host host) {
    Set<Role> own = roles.getOrDefault(host, Set.of());
    return own.stream().map(Role::word).collect(Collectors.joining(", "));
  }

  /** One line for each host whose roles are others than before. */
  String differences(Membership before) {
    StringBuilder text = new StringBuilder();
    for (Host host : changedSince(before)) {
      String was = before.words(host);
      String now = words(host);
      text.append(now.isEmpty() ? "- " : was.isEmpty() ? "+ " : "~ ").append(Addresses.of(host));
      text.append(": ").append(was.isEmpty() || now.isEmpty() ? was + now : was + " -> " + now);
      text.append(now.isEmpty() ? " (leaves the cluster)\n" : "\n");
    }
    return text.toString();
  }
}

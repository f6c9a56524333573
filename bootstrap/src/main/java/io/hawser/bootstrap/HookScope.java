package io.hawser.bootstrap;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which hosts of a call a hook is for. */
@FunctionalInterface
interface HookScope {
  boolean covers(Cluster cluster, Host host);

  static HookScope all() {
    return (cluster, host) -> true;
  }

  static HookScope role(Role role) {
    return (cluster, host) -> host.is(role);
  }

  static HookScope firstMaster() {
    return (cluster, host) -> host.is(Role.MASTER) && host.equals(cluster.firstMaster());
  }

  /** An address that the cluster does not have is an error when the bootstrap is built. */
  static HookScope addresses(Set<String> addresses) {
    return (cluster, host) ->
        cluster.select(addresses).stream().collect(Collectors.toSet()).contains(host);
  }

  static HookScope matching(Predicate<Host> hosts) {
    return (cluster, host) -> hosts.test(host);
  }
}

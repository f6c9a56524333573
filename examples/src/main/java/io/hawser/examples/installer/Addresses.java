package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import java.util.Collection;
import java.util.List;

/** How hosts are named where calls take their addresses. */
final class Addresses {
  private Addresses() {}

  /** {@code ip:port}, or {@code [ip]:port} of an IPv6 address. */
  static String of(Host host) {
    String ip = host.address();
    return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + host.ssh().port();
  }

  /** Those of all hosts. */
  static List<String> of(Collection<Host> hosts) {
    return hosts.stream().map(Addresses::of).toList();
  }

  /** Those of a cluster. */
  static List<String> of(Cluster cluster) {
    return of(cluster.hosts());
  }
}

package io.hawser.testkit;

import io.hawser.cluster.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a host was like before a distributor came.
 *
 * @param ports where programs listened at its address
 */
record HostBefore(Host host, HostSnapshot snapshot, Set<Integer> ports) {
  static HostBefore of(Host host) {
    return new HostBefore(host, look(host), OpenPorts.of(host.address()));
  }

  static List<HostBefore> of(List<Host> hosts) {
    return hosts.stream().map(HostBefore::of).toList();
  }

  private static HostSnapshot look(Host host) {
    return HostSnapshot.of(Path.of(host.root()));
  }

  /** What is different now, as {@link HostSnapshot#differences} says it. */
  List<String> differences() {
    return snapshot.differences(look(host));
  }

  /** What has been opened since. */
  Set<Integer> newPorts() {
    Set<Integer> open = new TreeSet<>(OpenPorts.of(host.address()));
    open.removeAll(ports);
    return open;
  }
}

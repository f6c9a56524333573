package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What the Clusterfile says that is not wrong but seldom meant; what is wrong is refused before.
 */
record InputCheck(Cluster cluster) implements Question {
  @Override
  public Finding inspect(ReachedHost host) {
    List<String> problems = new ArrayList<>();
    int masters = cluster.hosts(Role.MASTER).size();
    if (masters % 2 == 0) {
      problems.add(
          masters + " masters bear the loss of no more of them than " + (masters - 1) + " do");
    }
    List<InetAddress> addresses =
        cluster.hosts().stream()
            .map(Host::address)
            .flatMap(address -> NetworkAddress.parse(address).stream())
            .toList();
    if (addresses.stream().map(NetworkAddress::isV4).distinct().count() > 1) {
      problems.add("some hosts are named by IPv4 and others by IPv6 addresses");
    }
    return problems.isEmpty()
        ? Finding.ok(masters + " of " + cluster.hosts().size() + " hosts are masters")
        : Finding.warning(String.join("; ", problems))
            .advice(
                "spec.hosts", "have an odd number of masters, and addresses of one family for all");
  }
}

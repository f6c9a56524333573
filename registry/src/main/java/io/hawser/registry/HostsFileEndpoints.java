package io.hawser.registry;

import com.google.common.net.InetAddresses;
import io.hawser.host.BlockChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Locale;

/** A block in the hosts file. Go, glibc and Java programs all try every line of a name in order. */
final class HostsFileEndpoints implements EndpointStrategy {
  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    String domain = order.get(0).domain();
    if (InetAddresses.isInetAddress(domain)) {
      return List.of();
    }
    return List.of(
        new BlockChange(
            "/etc/hosts",
            "registry." + domain.toLowerCase(Locale.ROOT),
            order.stream().map(endpoint -> endpoint.address() + " " + domain).toList()));
  }
}

package io.hawser.registry;

import com.google.common.net.InetAddresses;
import io.hawser.host.BlockChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A block in the hosts file. Go, glibc and Java programs all try every line of a name in order. */
final class HostsFileEndpoints implements EndpointStrategy {
  static final String PATH = "/etc/hosts";

  @Override
  public List<HostChange> changes(NodeFacts node, List<Endpoint> replicas) {
    List<Endpoint> order = EndpointOrder.of(node, replicas);
    List<HostChange> changes = new ArrayList<>(CaFile.byName(node, order));
    changes.addAll(ordered(order));
    return List.copyOf(changes);
  }

  /**
   * The block with a line for each in this order, in place of lines of others, such as the one that
   * sealos writes: they would be found first, whatever the order of ours. None when the registry is
   * called by an address.
   */
  static List<HostChange> ordered(List<Endpoint> order) {
    String domain = order.get(0).domain();
    if (InetAddresses.isInetAddress(domain)) {
      return List.of();
    }
    return List.of(
        new BlockChange(PATH, marker(domain), order.stream().map(HostsFileEndpoints::line).toList())
            .insteadOf(domain));
  }

  /** The marker of the block. */
  static String marker(String domain) {
    return "registry." + domain.toLowerCase(Locale.ROOT);
  }

  /** The line about one replica. */
  static String line(Endpoint endpoint) {
    return endpoint.address() + " " + endpoint.domain();
  }
}

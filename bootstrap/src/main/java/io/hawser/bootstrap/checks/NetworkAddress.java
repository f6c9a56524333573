package io.hawser.bootstrap.checks;

import com.google.common.net.InetAddresses;
import io.hawser.cluster.Host;
import io.hawser.host.NodeFacts;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address that a host says it has.
 *
 * @param device the network interface, or {@code -}
 * @param mtu the longest packet in bytes, or {@code -}
 */
record NetworkAddress(String device, String mtu, InetAddress address) {
  /** Interfaces of containers and tunnels, which are no second network of the host. */
  private static final String INNER =
      "(lo|docker|br-|veth|cni|cali|flannel|cilium|lxc|virbr|vnet|tunl|vxlan|kube-|nodelocaldns"
          + "|dummy|podman|weave|ovs|antrea).*";

  /** All that a host told; those that are no addresses are left out. */
  static List<NetworkAddress> of(NodeFacts facts) {
    return Stream.of(facts.get("addresses").split(" ", -1))
        .map(word -> word.split(",", 3))
        .filter(words -> words.length == 3 && InetAddresses.isInetAddress(words[2]))
        .map(words -> new NetworkAddress(words[0], words[1], InetAddresses.forString(words[2])))
        .toList();
  }

  /** The one of the host's address as the Clusterfile writes it. */
  static Optional<NetworkAddress> of(Host host, NodeFacts facts) {
    return parse(host.address())
        .flatMap(own -> of(facts).stream().filter(some -> some.address().equals(own)).findFirst());
  }

  /** An address without its zone; empty when it is none. */
  static Optional<InetAddress> parse(String address) {
    String bare = address.replaceFirst("%.*", "");
    return InetAddresses.isInetAddress(bare)
        ? Optional.of(InetAddresses.forString(bare))
        : Optional.empty();
  }

  static boolean isV4(InetAddress address) {
    return address instanceof Inet4Address;
  }

  /** Whether it is of a network that other machines are on. */
  boolean isOuter() {
    return !device.matches(INNER) && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
  }
}

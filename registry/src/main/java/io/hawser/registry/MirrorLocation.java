package io.hawser.registry;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How {@code registries.conf} calls a replica. Older programs, skopeo 1.9 for one, take no IPv6
 * address there, and then pull nothing at all, from the other replicas neither. So such a replica
 * gets a name, and the hosts file a line for it.
 *
 * @param authority host or name, and port
 * @param hostsLine the line for the hosts file, where one is needed
 */
record MirrorLocation(String authority, Optional<String> hostsLine) {
  /** Reserved for private use, so nobody else gives names below it. */
  private static final String BELOW = ".hawser.internal";

  static MirrorLocation of(Endpoint endpoint) {
    EndpointUrl url = EndpointUrl.of(endpoint);
    if (!url.authority().startsWith("[")) {
      return new MirrorLocation(url.authority(), Optional.empty());
    }
    if (url.tls() && endpoint.caCertificate() == null) {
      throw new IllegalArgumentException(
          endpoint.address()
              + ": cri-o cannot be given an IPv6 address, and the replica's certificate holds no"
              + " name that Hawser could give it instead");
    }
    String name = name(EndpointUrl.address(endpoint));
    return new MirrorLocation(
        name + ":" + url.port(), Optional.of(endpoint.address() + " " + name));
  }

  /** The name for an IPv6 address; it stands in the replica's certificate too. */
  static String name(InetAddress address) {
    return address.getHostAddress().replace(':', '-').toLowerCase(Locale.ROOT) + BELOW;
  }

  /** The lines that the hosts file has to have. */
  static List<String> hostsLines(List<Endpoint> order) {
    return order.stream().flatMap(endpoint -> of(endpoint).hostsLine().stream()).toList();
  }
}

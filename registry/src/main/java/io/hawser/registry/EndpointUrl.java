package io.hawser.registry;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * The parts of an endpoint's URL.
 *
 * @param tls whether it is reached over TLS
 * @param authority host and port as they stand in a URL: IPv6 in brackets
 * @param port the port, also where the URL leaves it out
 */
record EndpointUrl(boolean tls, String authority, int port) {
  /**
   * Takes the URL apart.
   *
   * @throws IllegalArgumentException if it is more, or less, than scheme, host and port
   */
  static EndpointUrl of(Endpoint endpoint) {
    URI url = URI.create(endpoint.url());
    String scheme = String.valueOf(url.getScheme());
    String host = url.getHost();
    String plain = scheme + "://" + url.getAuthority();
    if (!scheme.matches("https?")
        || host == null
        || url.getUserInfo() != null
        || !plain.equals(endpoint.url())) {
      throw new IllegalArgumentException(
          endpoint.address() + ": the URL of a replica is http:// or https://, a host and a port");
    }
    boolean tls = scheme.equals("https");
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    return new EndpointUrl(tls, url.getAuthority(), port);
  }

  /** The URL as it is, once it was looked at: scheme, host and port. */
  static String plain(Endpoint endpoint) {
    EndpointUrl url = of(endpoint);
    return (url.tls ? "https://" : "http://") + url.authority;
  }

  /** The address of the endpoint's host. */
  static InetAddress address(Endpoint endpoint) {
    return parsed("replica", endpoint.address());
  }

  /** An address that must be one, not a name. */
  static InetAddress parsed(String what, String address) {
    if (!InetAddresses.isInetAddress(address)) {
      throw new IllegalArgumentException(
          "the address of a " + what + " is IPv4 or IPv6, not \"" + address + "\"");
    }
    return InetAddresses.forString(address);
  }

  /** An address and a port, IPv6 in brackets. */
  static String socket(InetAddress address, int port) {
    return InetAddresses.toUriString(address) + ":" + port;
  }

  /** What images call the registry, as a part of a file's name. */
  static String label(Endpoint endpoint) {
    return endpoint.authority().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-");
  }

  static boolean isV6(InetAddress address) {
    return address instanceof Inet6Address;
  }
}

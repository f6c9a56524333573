package io.hawser.clusterfile;

import com.google.common.net.InetAddresses;
import io.hawser.cluster.Host;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An item of {@code ips}: {@code ip}, {@code ip:port}, {@code [v6]:port} or a bare IPv6 address.
 *
 * @param address in canonical spelling
 */
record HostPort(String address, OptionalInt port) {

  /** Reads one; a fault is an {@link IllegalArgumentException} whose message is for people. */
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    boolean withPort =
        bracketed ? colon > text.indexOf(']') : colon >= 0 && text.indexOf(':') == colon;
    String address = withPort ? text.substring(0, colon) : text;
    String canonical = canonical(address, text);
    if (!withPort) {
      return new HostPort(canonical, OptionalInt.empty());
    }
    String port = text.substring(colon + 1);
    return new HostPort(
        canonical,
        OptionalInt.of(
            port(port)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "port \"" + port + "\" is not a number from 1 to 65535"))));
  }

  private static String canonical(String address, String text) {
    try {
      String canonical = Host.at(address).build().address();
      InetAddress parsed = InetAddresses.forString(canonical.replaceFirst("%.*", ""));
      if (parsed.isAnyLocalAddress() || parsed.isMulticastAddress()) {
        throw new IllegalArgumentException("\"" + text + "\" is not the address of one host");
      }
      return canonical;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + text + "\" " + reason(address), e);
    }
  }

  private static String reason(String address) {
    if (address.contains("/")) {
      return "is a network; list the address of each host";
    } else if (address.contains("-") && Character.digit(address.charAt(0), 10) >= 0) {
      return "is a range; list the address of each host";
    } else if (address.chars().anyMatch(Character::isWhitespace)) {
      return "is not one IP address: it has white space in it";
    } else if (address.matches("[A-Za-z][A-Za-z0-9.-]*")) {
      return "is a name, which is not resolved; give the IP address";
    }
    return "is not the IP address of one host";
  }

  /** A decimal port without sign or leading zero, 1 to 65535. */
  static Optional<Integer> port(String text) {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65535) {
      return Optional.empty();
    }
    return Optional.of(Integer.valueOf(text));
  }
}

package io.hawser.cluster;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;

/** IP addresses in one canonical spelling, so that hosts are compared as addresses, not as text. */
final class HostAddress {
  private HostAddress() {}

  /**
   * The canonical text of an IPv4 or IPv6 literal: IPv6 in RFC 5952 form without brackets,
   * IPv4-mapped IPv6 as IPv4.
   *
   * @throws IllegalArgumentException if the text is no IP literal
   */
  static String canonical(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (!InetAddresses.isInetAddress(bare)) {
      throw new IllegalArgumentException("\"" + text + "\" is not an IPv4 or IPv6 address");
    }
    InetAddress address = InetAddresses.forString(bare);
    String canonical = InetAddresses.toAddrString(address);
    int zone = bare.indexOf('%');
    boolean zoneLost = zone >= 0 && canonical.indexOf('%') < 0 && address instanceof Inet6Address;
    return zoneLost ? canonical + bare.substring(zone) : canonical;
  }
}

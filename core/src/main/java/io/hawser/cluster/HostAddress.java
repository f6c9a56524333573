package io.hawser.cluster;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;

/** IP addresses in one canonical spelling, so that hosts are compared as addresses, not as text. */
final class HostAddress {
  private HostAddress() {}

  /**
   * The canonical text of an IPv4 or IPv6 literal: IPv6 in RFC 5952 form without brackets,
   * IPv4-mapped IPv6 as IPv4. The zone of a link-local address is kept as written and not looked
   * up: it is valid where the address is used, which need not be here.
   *
   * @throws IllegalArgumentException if the text is no IP literal
   */
  static String canonical(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String bare = bracketed ? text.substring(1, text.length() - 1) : text;
    int percent = bare.indexOf('%');
    String literal = percent < 0 ? bare : bare.substring(0, percent);
    String zone = percent < 0 ? "" : bare.substring(percent);
    // Guava also reads digits of other scripts, which look like, but are not, an address.
    if (!CharMatcher.ascii().matchesAllOf(literal) || !InetAddresses.isInetAddress(literal)) {
      throw notAnAddress(text);
    }
    InetAddress address = InetAddresses.forString(literal);
    boolean zoneAllowed = address instanceof Inet6Address && address.isLinkLocalAddress();
    if (!zone.isEmpty() && !(zoneAllowed && zone.matches("%[A-Za-z0-9_.-]+"))) {
      throw notAnAddress(text);
    }
    return InetAddresses.toAddrString(address) + zone;
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException("\"" + text + "\" is not an IPv4 or IPv6 address");
  }
}

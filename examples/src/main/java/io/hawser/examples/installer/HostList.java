package io.hawser.examples.installer;

import io.hawser.cluster.Host;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hosts as sealos takes them on the command line: {@code 10.0.0.1,10.0.0.3-10.0.0.5,10.0.0.9:2222}.
 * Beyond sealos IPv6 addresses, in brackets where a port follows, and a port after a range, which
 * is that of all its hosts. Networks are refused: their first and last address are no hosts.
 */
final class HostList {
  private static final int LONGEST_RANGE = 1_000;
  private static final Pattern ITEM =
      Pattern.compile("(?<address>\\[[^\\]]*]|[^\\[\\]]*?)(:(?<port>[^:\\]]*))?");

  private HostList() {}

  /** A host that was named, with its port if that was said. */
  record Item(String address, OptionalInt port) {
    @Override
    public String toString() {
      String bare = address.contains(":") ? "[" + address + "]" : address;
      return port.isPresent() ? bare + ":" + port.getAsInt() : address;
    }
  }

  /**
   * Reads a list.
   *
   * @param option for messages
   * @param faults where all that is wrong is added
   */
  static List<Item> parse(String option, String text, List<String> faults) {
    List<Item> items = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        for (Item item : range(part.strip())) {
          if (items.contains(item)) {
            throw new IllegalArgumentException(item + " is listed twice");
          }
          items.add(item);
        }
      } catch (IllegalArgumentException e) {
        faults.add(option + ": " + e.getMessage());
      }
    }
    return items;
  }

  private static List<Item> range(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("there is nothing between two commas, or nothing at all");
    }
    if (text.contains("/")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is a network; give a range of hosts, such as 10.0.0.1-10.0.0.5");
    }
    int dash = text.contains("%") ? -1 : text.indexOf('-');
    if (dash < 0) {
      return List.of(item(text));
    }
    Item first = item(text.substring(0, dash));
    Item last = item(text.substring(dash + 1));
    if (first.port().isPresent()) {
      throw new IllegalArgumentException("\"" + text + "\": the port of a range stands at its end");
    }
    return between(text, first, last);
  }

  private static List<Item> between(String text, Item first, Item last) {
    byte[] from = bytes(first.address());
    byte[] to = bytes(last.address());
    BigInteger start = new BigInteger(1, from);
    BigInteger count = new BigInteger(1, to).subtract(start).add(BigInteger.ONE);
    if (from.length != to.length || count.signum() <= 0) {
      throw new IllegalArgumentException("\"" + text + "\" does not lead from one host to a later");
    }
    if (count.compareTo(BigInteger.valueOf(LONGEST_RANGE)) > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" are " + count + " hosts; a range may have " + LONGEST_RANGE);
    }
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count.intValue(); i++) {
      items.add(new Item(address(start.add(BigInteger.valueOf(i)), from.length), last.port()));
    }
    return items;
  }

  private static Item item(String text) {
    boolean bare = text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[");
    Matcher parts = ITEM.matcher(text);
    if (!bare && !parts.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a host; give ip or ip:port");
    }
    String address = bare ? text : parts.group("address");
    String port = bare ? null : parts.group("port");
    String canonical;
    try {
      canonical = Host.at(address).build().address();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + advice(address), e);
    }
    return new Item(canonical, port == null ? OptionalInt.empty() : OptionalInt.of(port(port)));
  }

  private static String advice(String address) {
    return address.matches("[0-9]{1,3}") ? "; both ends of a range are whole addresses" : "";
  }

  private static int port(String text) {
    if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException("port \"" + text + "\" is not a number from 1 to 65535");
    }
    return Integer.parseInt(text);
  }

  /** Of a literal; nothing is looked up. */
  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("\"" + address + "\" is not an address", e);
    }
  }

  private static String address(BigInteger number, int length) {
    byte[] digits = number.toByteArray();
    byte[] bytes = new byte[length];
    int count = Math.min(digits.length, length);
    System.arraycopy(digits, digits.length - count, bytes, length - count, count);
    try {
      return Host.at(InetAddress.getByAddress(bytes).getHostAddress()).build().address();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.hawser.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Networks of IPv4, for {@code ipNet} and {@code ipAt} of sealos. */
final class Addresses {
  private static final Pattern NETWORK =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  private Addresses() {}

  static String network(String text) {
    return text(start(text)) + "/" + bits(text);
  }

  static String at(String text, long index) {
    long size = 1L << (32 - bits(text));
    return index >= size ? "out of ip address range" : text(start(text) + index);
  }

  private static long start(String text) {
    Matcher matcher = matcher(text);
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      String part = matcher.group(i);
      if (Integer.parseInt(part) > 255 || (part.length() > 1 && part.startsWith("0"))) {
        throw wrong();
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return address >> (32 - bits(text)) << (32 - bits(text));
  }

  private static int bits(String text) {
    int bits = Integer.parseInt(matcher(text).group(5));
    if (bits > 32) {
      throw wrong();
    }
    return bits;
  }

  private static Matcher matcher(String text) {
    Matcher matcher = NETWORK.matcher(text);
    if (text.length() > 64 || !matcher.matches()) {
      throw wrong();
    }
    return matcher;
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException("argument 1 is no IPv4 network like 10.0.0.0/8");
  }

  private static String text(long address) {
    return (address >> 24 & 255)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }
}

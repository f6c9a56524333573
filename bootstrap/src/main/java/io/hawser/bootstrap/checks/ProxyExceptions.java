package io.hawser.bootstrap.checks;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * For which hosts a variable {@code NO_PROXY} makes an exception, as Go's programs read it: {@code
 * *}, names with all below them, addresses, and networks such as {@code 10.0.0.0/8}. Ports are not
 * looked at.
 */
record ProxyExceptions(List<String> words) {
  static ProxyExceptions parse(String value) {
    return new ProxyExceptions(
        Stream.of(value.split("[,\\s]+", -1))
            .map(word -> word.replaceFirst("(?<=[^:]):[0-9]+$", "").replaceFirst("^\\*?\\.", ""))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  boolean hold(String name) {
    Optional<InetAddress> address = NetworkAddress.parse(name);
    if (address.filter(InetAddress::isLoopbackAddress).isPresent()) {
      return true;
    }
    return words.stream()
        .anyMatch(
            word ->
                word.equals("*")
                    || address
                        .map(found -> isIn(found, word))
                        .orElseGet(() -> name.equals(word) || name.endsWith("." + word)));
  }

  private static boolean isIn(InetAddress address, String network) {
    String[] words = network.split("/", 2);
    Optional<InetAddress> base = NetworkAddress.parse(words[0]);
    if (base.isEmpty() || base.get().getAddress().length != address.getAddress().length) {
      return false;
    }
    int all = address.getAddress().length * 8;
    int bits =
        words.length < 2 || !words[1].matches("[0-9]{1,3}") ? all : Integer.parseInt(words[1]);
    int rest = Math.max(0, all - bits);
    return number(address).shiftRight(rest).equals(number(base.get()).shiftRight(rest));
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }
}

package io.hawser.cluster;

import java.util.List;

/** Finds hosts by what people write: {@code ip}, {@code ip:port}, {@code [ip]:port}. */
final class NamedHosts {
  private NamedHosts() {}

  /**
   * The one that an address means.
   *
   * @throws IllegalArgumentException if there is none, or several
   */
  static Host one(List<Host> hosts, String text, String cluster) {
    List<Host> found = matching(hosts, text);
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new IllegalArgumentException(
        (found.isEmpty() ? "no host " : "several hosts ")
            + text
            + " in cluster "
            + cluster
            + "; its hosts are "
            + hosts.stream().map(host -> host.address() + ":" + host.ssh().port()).toList());
  }

  /** Those that an address means. It is parsed once, not once per host: clusters may be large. */
  private static List<Host> matching(List<Host> hosts, String text) {
    int colon = isAddress(text) ? -1 : text.lastIndexOf(':');
    String bare = colon < 0 ? text : text.substring(0, colon);
    if (!isAddress(bare)) {
      return List.of();
    }
    String canonical = HostAddress.canonical(bare);
    String port = colon < 0 ? "" : text.substring(colon + 1);
    return hosts.stream()
        .filter(host -> host.address().equals(canonical))
        .filter(host -> colon < 0 || port.equals(Integer.toString(host.ssh().port())))
        .toList();
  }

  private static boolean isAddress(String text) {
    try {
      HostAddress.canonical(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package io.hawser.ssh.mock;

import io.hawser.cluster.Host;

/**
 * What a test names a host by: a parsed address, with a port or for every port of it.
 *
 * @param address the canonical address, or {@code *} for every host
 * @param port the port, or {@link #EVERY_PORT}
 */
record Endpoint(String address, int port) {
  static final int EVERY_PORT = 0;
  static final Endpoint ANY = new Endpoint("*", EVERY_PORT);

  private static final int LAST_PORT = 65535;

  static Endpoint of(Host host) {
    return new Endpoint(host.address(), host.ssh().port());
  }

  /** Reads {@code 10.0.0.1}, {@code 10.0.0.1:2222}, {@code fd00::1} or {@code [fd00::1]:22}. */
  static Endpoint parse(CharSequence name) {
    String text = name.toString();
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[") && colon == text.indexOf(']') + 1;
    if (colon < 0 || !(bracketed || text.indexOf(':') == colon)) {
      return new Endpoint(canonical(text), EVERY_PORT);
    }
    return new Endpoint(canonical(text.substring(0, colon)), port(text, colon));
  }

  private static int port(String text, int colon) {
    String digits = text.substring(colon + 1);
    int port = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "\"" + text + "\": \"" + digits + "\" is no port from 1 to " + LAST_PORT);
    }
    return port;
  }

  /** The canonical spelling, so that what a test names and what is called meet. */
  private static String canonical(String address) {
    return Host.at(address).build().address();
  }

  boolean hasPort() {
    return port != EVERY_PORT;
  }

  /** Whether the other is meant too when this is named. */
  boolean covers(Endpoint other) {
    return this.equals(ANY)
        || (address.equals(other.address) && (!hasPort() || port == other.port));
  }

  @Override
  public String toString() {
    String head = hasPort() && address.contains(":") ? "[" + address + "]" : address;
    return head + (hasPort() ? ":" + port : "");
  }
}

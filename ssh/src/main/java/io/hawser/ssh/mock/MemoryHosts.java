package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a mock. A host comes into being when it is first named. Who names an address without
 * a port means the one host there, as {@code Cluster.host} does; where there are several, it is an
 * error at whichever call it shows, so that no test depends on which came first. Thread-safe.
 */
final class MemoryHosts {
  /** The hosts at one address. */
  private static final class Address {
    private final TreeMap<Integer, MemoryHost> byPort = new TreeMap<>();

    /** The host that was named before any command told its port. */
    private @Nullable MemoryHost portless;

    private boolean namedWithoutPort;
  }

  private final Map<String, Address> addresses = new HashMap<>();

  /** The host that is named; it is made if there is none yet. */
  synchronized MemoryHost named(Endpoint name) {
    Address address = addresses.computeIfAbsent(name.address(), key -> new Address());
    return name.hasPort() ? withPort(address, name) : withoutPort(address, name);
  }

  private static MemoryHost withoutPort(Address address, Endpoint name) {
    address.namedWithoutPort = true;
    if (address.byPort.size() > 1) {
      throw ambiguous(name.address(), address);
    }
    if (address.byPort.size() == 1) {
      return address.byPort.firstEntry().getValue();
    }
    MemoryHost host = address.portless;
    if (host == null) {
      host = new MemoryHost(name);
      address.portless = host;
    }
    return host;
  }

  private static MemoryHost withPort(Address address, Endpoint name) {
    MemoryHost host = address.byPort.get(name.port());
    if (host != null) {
      return host;
    }
    boolean first = address.byPort.isEmpty();
    if (!first && address.namedWithoutPort) {
      throw ambiguous(name.address(), address);
    }
    host = first ? address.portless : null;
    if (host == null) {
      host = new MemoryHost(first ? new Endpoint(name.address(), Endpoint.EVERY_PORT) : name);
    }
    address.byPort.put(name.port(), host);
    return host;
  }

  private static IllegalArgumentException ambiguous(String name, Address address) {
    return new IllegalArgumentException(
        name
            + " was named without a port, but several hosts have this address; name the port too,"
            + " as in "
            + new Endpoint(name, address.byPort.firstKey()));
  }

  /** All hosts that were named at an address; none for a text that is no address. */
  synchronized List<MemoryHost> at(String address) {
    Address found = addresses.get(address);
    if (found == null) {
      return List.of();
    }
    MemoryHost portless = found.portless;
    return found.byPort.isEmpty() && portless != null
        ? List.of(portless)
        : ImmutableList.copyOf(found.byPort.values());
  }
}

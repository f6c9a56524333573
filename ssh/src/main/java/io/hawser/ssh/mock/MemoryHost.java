package io.hawser.ssh.mock;

import org.jspecify.annotations.Nullable;

/** A host in memory. Its monitor is held while a command runs on it. */
final class MemoryHost {
  private final String address;
  private final MemoryFiles files = new MemoryFiles();
  private final MemoryUnits units = new MemoryUnits();
  private final MemoryFacts facts;
  private final HostFaults faults;
  private volatile @Nullable String registry;

  MemoryHost(String address) {
    this.address = address;
    this.facts = new MemoryFacts("host-" + address.replaceAll("[.:%]+", "-"));
    this.faults = new HostFaults(address);
  }

  String address() {
    return address;
  }

  MemoryFiles files() {
    return files;
  }

  MemoryUnits units() {
    return units;
  }

  MemoryFacts facts() {
    return facts;
  }

  HostFaults faults() {
    return faults;
  }

  void runRegistry(String dataDirectory) {
    registry = dataDirectory;
  }

  /** The data directory of a registry that the test says is running, or null. */
  @Nullable String registry() {
    return registry;
  }
}

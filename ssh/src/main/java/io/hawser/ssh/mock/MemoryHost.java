package io.hawser.ssh.mock;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A host in memory. */
final class MemoryHost {
  private final String address;
  private final ReentrantLock turn = new ReentrantLock(true);
  private final MemoryFiles files = new MemoryFiles();
  private final MemoryUnits units = new MemoryUnits();
  private final MemoryFacts facts;
  private final Map<String, String> marked = new ConcurrentHashMap<>();
  private volatile @Nullable String registry;
  private volatile String room = "- -";

  /** Makes a host, whose name in the facts comes from what it is called by. */
  MemoryHost(Endpoint name) {
    this.address = name.address();
    String port = name.hasPort() ? "-" + name.port() : "";
    this.facts = new MemoryFacts("host-" + name.address().replaceAll("[.:%]+", "-") + port);
  }

  String address() {
    return address;
  }

  /** Held while a command runs on it. */
  ReentrantLock turn() {
    return turn;
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

  /** What a directory was like when it was marked, by the mark's name: files here have no times. */
  Map<String, String> marked() {
    return marked;
  }

  void limitRoom(long bytes, long inodes) {
    room = bytes + " " + inodes;
  }

  /** How many bytes and inodes are free; without a limit unless the test says one. */
  String room() {
    return room;
  }

  void runRegistry(String dataDirectory) {
    registry = dataDirectory;
  }

  /** The data directory of a registry that the test says is running, or null. */
  @Nullable String registry() {
    return registry;
  }
}

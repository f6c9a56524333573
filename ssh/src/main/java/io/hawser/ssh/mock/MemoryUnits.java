package io.hawser.ssh.mock;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.TreeMap;

/** The services of a host in memory. Thread-safe. */
final class MemoryUnits {
  private final Map<String, UnitState> states = new TreeMap<>();
  private final Map<String, String> roots = new TreeMap<>();

  synchronized Map<String, UnitState> states() {
    return ImmutableMap.copyOf(states);
  }

  synchronized UnitState state(String name) {
    return states.getOrDefault(name, new UnitState(name, false, false, 0));
  }

  synchronized void enable(String name, boolean enabled) {
    UnitState old = state(name);
    states.put(name, new UnitState(name, enabled, old.active(), old.starts()));
  }

  synchronized void start(String name) {
    UnitState old = state(name);
    states.put(name, new UnitState(name, old.enabled(), true, old.starts() + 1));
  }

  synchronized void stop(String name) {
    UnitState old = state(name);
    states.put(name, new UnitState(name, old.enabled(), false, old.starts()));
  }

  /** Remembers below which root a unit's file lies. */
  synchronized void install(String name, String root) {
    roots.put(name, root);
  }

  /** Below which root a unit's file lies; empty for the system itself. */
  synchronized String root(String name) {
    return roots.getOrDefault(name, "");
  }

  /** The unit's file is gone: the system knows nothing of it any more. */
  synchronized void forget(String name) {
    states.remove(name);
  }
}

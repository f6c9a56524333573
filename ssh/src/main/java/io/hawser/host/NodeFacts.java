package io.hawser.host;

import com.google.common.collect.ImmutableMap;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found on a host, read-only: names and values as the host's agent printed them, for
 * example {@code arch=x86_64}, {@code containerd=1.6.20}, {@code tools=curl tar systemctl}. Plain
 * data, serialisable.
 */
public final class NodeFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> values;

  private NodeFacts(Map<?, ?> values) {
    this.values = new TreeMap<>();
    // Groovy hands over GStrings as keys and values.
    values.forEach((name, value) -> this.values.put(name.toString(), String.valueOf(value)));
  }

  /** Facts of these names and values. */
  public static NodeFacts of(Map<String, ?> values) {
    return new NodeFacts(values);
  }

  /** The value of a fact; empty when the host has none. */
  public String get(String name) {
    return values.getOrDefault(name, "");
  }

  /** Whether a program is on the host's PATH, among those that Hawser asks about. */
  public boolean has(String tool) {
    return List.of(get("tools").split(" ")).contains(tool);
  }

  /** All facts. */
  public Map<String, String> values() {
    return ImmutableMap.copyOf(values);
  }
}

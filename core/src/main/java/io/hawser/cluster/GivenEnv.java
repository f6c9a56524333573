package io.hawser.cluster;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Environment as a cluster, a host or the caller gives it. This is the entrance for all of it: the
 * names that sealos keeps for itself are set aside here, and nowhere else.
 *
 * @param values all values of each name, in the order given; the last one counts
 * @param reserved the names that were set aside
 */
record GivenEnv(ImmutableListMultimap<String, String> values, ImmutableSet<String> reserved) {
  /** Names that start so are sealos's own, and only images may set them. */
  static final String RESERVED = "SEALOS_SYS";

  static final GivenEnv NONE = new GivenEnv(ImmutableListMultimap.of(), ImmutableSet.of());

  /** Each name with the value that counts. */
  ImmutableMap<String, String> last() {
    Map<String, String> last = new LinkedHashMap<>();
    values.entries().forEach(entry -> last.put(entry.getKey(), entry.getValue()));
    return ImmutableMap.copyOf(last);
  }

  /** All values of a name; empty when it has none. */
  List<String> all(CharSequence name) {
    return values.get(name.toString());
  }

  /** Collects values; not thread-safe. */
  static final class Collector {
    private final Map<String, List<String>> values = new LinkedHashMap<>();
    private final Set<String> reserved = new LinkedHashSet<>();

    /** Adds values; a collection is a name with several. */
    void add(Map<String, ?> more) {
      // Groovy hands over GStrings inside maps and collections: take every element as text.
      for (Map.Entry<?, ?> entry : more.entrySet()) {
        String name = String.valueOf(entry.getKey());
        if (entry.getValue() instanceof Collection<?> several) {
          several.forEach(value -> add(name, String.valueOf(value)));
        } else {
          add(name, String.valueOf(entry.getValue()));
        }
      }
    }

    private void add(String name, String value) {
      if (name.startsWith(RESERVED)) {
        reserved.add(name);
      } else {
        values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
      }
    }

    void add(GivenEnv more) {
      add(more.values().asMap());
      reserved.addAll(more.reserved());
    }

    GivenEnv collect() {
      ImmutableListMultimap.Builder<String, String> copy = ImmutableListMultimap.builder();
      values.forEach(copy::putAll);
      return new GivenEnv(copy.build(), ImmutableSet.copyOf(reserved));
    }
  }
}

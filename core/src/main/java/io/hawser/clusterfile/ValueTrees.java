package io.hawser.clusterfile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Merges and changes trees of maps and lists, which are made here and may be changed. */
final class ValueTrees {
  private static final int DEEPEST = 50;

  private ValueTrees() {}

  /**
   * A copy that may be changed, keys and texts as {@code String}.
   *
   * @throws IllegalArgumentException if it is nested too deep
   */
  static Map<String, @Nullable Object> copy(Map<?, ?> data) {
    return copy(data, 1);
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> data, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("values are nested deeper than " + DEEPEST + " levels");
    }
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    data.forEach((key, value) -> copy.put(String.valueOf(key), copied(value, depth + 1)));
    return copy;
  }

  private static @Nullable Object copied(@Nullable Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      return copy(map, depth);
    } else if (value instanceof Collection<?> items) {
      if (depth > DEEPEST) {
        throw new IllegalArgumentException("values are nested deeper than " + DEEPEST + " levels");
      }
      List<@Nullable Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(copied(item, depth + 1)));
      return copy;
    }
    return value instanceof CharSequence ? value.toString() : value;
  }

  /** Lays one tree over another: mappings key by key, all else as a whole, also by null. */
  static void merge(Map<String, @Nullable Object> base, Map<String, @Nullable Object> over) {
    over.forEach(
        (key, value) -> {
          Object own = base.get(key);
          if (own instanceof Map<?, ?> && value instanceof Map<?, ?>) {
            merge(map(own), map(value));
          } else {
            base.put(key, value);
          }
        });
  }

  /**
   * Sets one value; mappings and lists on the way are made, lists filled up with null.
   *
   * @throws IllegalArgumentException if something else is in the way
   */
  static void set(Map<String, @Nullable Object> values, SetPair pair) {
    List<Object> path = pair.path();
    Object target = values;
    for (int i = 0; i < path.size() - 1; i++) {
      boolean list = path.get(i + 1) instanceof Integer;
      Object next = get(target, path.get(i));
      if (next == null) {
        next = list ? new ArrayList<Object>() : new LinkedHashMap<String, Object>();
        put(target, path.get(i), next);
      }
      if (list ? !(next instanceof List) : !(next instanceof Map)) {
        String key = new SetPair(path.subList(0, i + 1), null).key();
        throw new IllegalArgumentException(
            "\"" + key + "\" is " + (list ? "no list" : "no mapping"));
      }
      target = next;
    }
    put(target, path.get(path.size() - 1), copied(pair.value(), 1));
  }

  private static @Nullable Object get(Object target, Object step) {
    if (step instanceof Integer index) {
      List<@Nullable Object> items = list(target);
      return index < items.size() ? items.get(index) : null;
    }
    return map(target).get(step.toString());
  }

  private static void put(Object target, Object step, @Nullable Object value) {
    if (step instanceof Integer index) {
      List<@Nullable Object> items = list(target);
      while (items.size() <= index) {
        items.add(null);
      }
      items.set(index, value);
    } else {
      map(target).put(step.toString(), value);
    }
  }

  @SuppressWarnings("unchecked") // all trees are made of these two
  private static Map<String, @Nullable Object> map(Object value) {
    return (Map<String, @Nullable Object>) value;
  }

  @SuppressWarnings("unchecked") // as above
  private static List<@Nullable Object> list(Object value) {
    return (List<@Nullable Object>) value;
  }
}

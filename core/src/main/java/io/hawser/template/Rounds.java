package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code range} goes over: keys and values by number. */
final class Rounds {
  private final long size;
  private final @Nullable List<?> keys;
  private final @Nullable List<?> values;

  private Rounds(long size, @Nullable List<?> keys, @Nullable List<?> values) {
    this.size = size;
    this.keys = keys;
    this.values = values;
  }

  static Rounds over(@Nullable Object items) {
    if (items instanceof List<?> list) {
      return new Rounds(list.size(), null, list);
    } else if (items instanceof Map<?, ?> map) {
      return new Rounds(
          map.size(), new ArrayList<>(map.keySet()), new ArrayList<Object>(map.values()));
    } else if (items instanceof Long count) {
      return new Rounds(Math.max(0, count), null, null);
    } else if (Missing.isNil(items)) {
      return new Rounds(0, null, null);
    }
    throw new IllegalArgumentException("range over a " + GoValues.type(items));
  }

  long size() {
    return size;
  }

  @Nullable Object key(long round) {
    return keys == null ? (Long) round : keys.get((int) round);
  }

  @Nullable Object value(long round) {
    return values == null ? (Long) round : values.get((int) round);
  }
}

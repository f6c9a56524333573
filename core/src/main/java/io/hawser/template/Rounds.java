package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code range} goes over: keys and values by number. */
final class Rounds {
  private final long size;
  private final @Nullable List<String> keys;
  private final @Nullable GoMap map;
  private final @Nullable GoList list;

  private Rounds(
      long size, @Nullable List<String> keys, @Nullable GoMap map, @Nullable GoList list) {
    this.size = size;
    this.keys = keys;
    this.map = map;
    this.list = list;
  }

  static Rounds over(@Nullable Object items) {
    if (items instanceof GoList list) {
      return new Rounds(list.size(), null, null, list);
    } else if (items instanceof GoMap map) {
      List<String> keys = map.keys();
      return new Rounds(keys.size(), keys, map, null);
    } else if (items instanceof Long count) {
      return new Rounds(Math.max(0, count), null, null, null);
    } else if (Missing.isNil(items)) {
      return new Rounds(0, null, null, null);
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
    Object value = (Long) round;
    if (list != null) {
      value = list.items().get((int) round);
    } else if (keys != null && map != null) {
      value = map.get(keys.get((int) round));
    }
    return value == null ? Missing.ELEMENT : value;
  }
}

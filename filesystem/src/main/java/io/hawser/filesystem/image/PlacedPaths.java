package io.hawser.filesystem.image;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A set of paths in 16 bytes each, by a hash of 64 bits whose seed nobody knows: of a million paths
 * two have one hash once in 37 million sets, and then the layer is refused.
 */
final class PlacedPaths {
  private final HashFunction function = Hashing.goodFastHash(64);
  private long[] table = new long[1 << 10];
  private int size;

  /** Adds a path; says whether it was not there. */
  boolean add(String path) {
    if (size * 2 >= table.length) {
      grow();
    }
    if (put(table, key(path))) {
      size++;
      return true;
    }
    return false;
  }

  boolean contains(String path) {
    long key = key(path);
    int at = slot(table, key);
    while (table[at] != 0) {
      if (table[at] == key) {
        return true;
      }
      at = (at + 1) & (table.length - 1);
    }
    return false;
  }

  /** Zero marks a free place. */
  private long key(String path) {
    long hash = function.hashString(path, StandardCharsets.UTF_8).asLong();
    return hash == 0 ? 1 : hash;
  }

  private static int slot(long[] table, long key) {
    return (int) (key >>> 32) & (table.length - 1);
  }

  private static boolean put(long[] table, long key) {
    int at = slot(table, key);
    while (table[at] != 0) {
      if (table[at] == key) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = key;
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long key : table) {
      if (key != 0) {
        put(larger, key);
      }
    }
    table = larger;
  }
}

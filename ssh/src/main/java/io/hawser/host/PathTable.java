package io.hawser.host;

import com.google.common.primitives.ImmutableIntArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many paths in little memory, sorted so that a directory is followed by what is in it. Every
 * sixteenth is stored in full, the others as what differs from the one before (front coding, as in
 * the database of locate). Immutable and thread-safe.
 */
final class PathTable {
  private static final int GROUP = 16;
  private static final int CHUNK_BITS = 17;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /** The most bytes of a path: what Linux takes (PATH_MAX), without the NUL. */
  static final int LONGEST = 4095;

  private final List<byte[]> chunks;
  private final ImmutableIntArray groups;
  private final int size;

  private PathTable(List<byte[]> chunks, ImmutableIntArray groups, int size) {
    this.chunks = chunks;
    this.groups = groups;
    this.size = size;
  }

  /** Compares paths name by name: the slash comes before every other byte. */
  static int compare(byte[] left, int leftLength, byte[] right, int rightLength) {
    int at = Arrays.mismatch(left, 0, leftLength, right, 0, rightLength);
    if (at < 0) {
      return 0;
    }
    if (at == leftLength || at == rightLength) {
      return leftLength - rightLength;
    }
    return weight(left[at]) - weight(right[at]);
  }

  /** The same order for texts. */
  static int compare(String left, String right) {
    int most = Math.min(left.length(), right.length());
    for (int i = 0; i < most; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return weight(a) - weight(b);
      }
    }
    return left.length() - right.length();
  }

  // In UTF-8 what Java writes as surrogates comes after all else.
  private static int weight(char one) {
    return one == '/' ? 0 : Character.isSurrogate(one) ? one + 0x10000 : one;
  }

  private static int weight(byte one) {
    return one == '/' ? 0 : one & 0xff;
  }

  static byte[] bytes(String path) {
    return path.getBytes(StandardCharsets.UTF_8);
  }

  int size() {
    return size;
  }

  String path(int index) {
    Cursor cursor = new Cursor(index / GROUP);
    while (cursor.index < index) {
      cursor.next();
    }
    return cursor.path();
  }

  /** The index of a path; negative when it is not here. */
  int find(String path) {
    byte[] wanted = bytes(path);
    int low = 0;
    int high = groups.length() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (new Cursor(middle).compareTo(wanted) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (high < 0) {
      return -1;
    }
    Cursor cursor = new Cursor(low);
    for (int i = 0; i < GROUP; i++) {
      int order = cursor.compareTo(wanted);
      if (order >= 0) {
        return order == 0 ? cursor.index : -1;
      }
      if (!cursor.next()) {
        return -1;
      }
    }
    return -1;
  }

  /** Walks over all paths; stands before the first. */
  Cursor cursor() {
    return new Cursor();
  }

  /** One place in the table. Not thread-safe. */
  final class Cursor {
    private byte[] chunk = new byte[0];
    private int at;
    private byte[] path = new byte[256];
    private int length;
    private int index = -1;

    private Cursor() {}

    private Cursor(int group) {
      index = group * GROUP - 1;
      next();
    }

    /** Goes to the next path; false when there is none. */
    boolean next() {
      if (index + 1 >= size) {
        return false;
      }
      index++;
      if (index % GROUP == 0) {
        int address = groups.get(index / GROUP);
        chunk = chunks.get(address >>> CHUNK_BITS);
        at = address & (CHUNK - 1);
        length = 0;
      }
      int shared = number();
      int rest = number();
      if (path.length < shared + rest) {
        path = Arrays.copyOf(path, 2 * (shared + rest));
      }
      System.arraycopy(chunk, at, path, shared, rest);
      at += rest;
      length = shared + rest;
      return true;
    }

    private int number() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        byte one = chunk[at++];
        value |= (one & 0x7f) << shift;
        if (one >= 0) {
          return value;
        }
      }
    }

    int index() {
      return index;
    }

    String path() {
      return new String(path, 0, length, StandardCharsets.UTF_8);
    }

    /** How many bytes the path has. */
    int length() {
      return length;
    }

    int compareTo(Cursor other) {
      return compare(path, length, other.path, other.length);
    }

    private int compareTo(byte[] other) {
      return compare(path, length, other, other.length);
    }
  }

  /** Takes paths in their order. */
  static final class Builder {
    private final List<byte[]> chunks = new ArrayList<>();
    private final ImmutableIntArray.Builder groups = ImmutableIntArray.builder();
    private byte[] chunk = new byte[CHUNK];
    private int at;
    private byte[] last = new byte[0];
    private int size;

    void add(String path) {
      byte[] bytes = bytes(path);
      if (bytes.length > LONGEST) {
        throw new IllegalArgumentException(
            path.substring(0, 80) + "... is longer than " + LONGEST + " bytes");
      }
      if (size > 0 && compare(last, last.length, bytes, bytes.length) >= 0) {
        throw new IllegalArgumentException("\"" + path + "\" is out of order");
      }
      int shared = 0;
      if (size % GROUP == 0) {
        startGroup();
      } else {
        int differs = Arrays.mismatch(last, bytes);
        shared = differs < 0 ? bytes.length : differs;
      }
      number(shared);
      number(bytes.length - shared);
      System.arraycopy(bytes, shared, chunk, at, bytes.length - shared);
      at += bytes.length - shared;
      last = bytes;
      size++;
    }

    // A group lies in one chunk: sixteen of the longest paths fit into half of one.
    private void startGroup() {
      if (chunks.isEmpty() || at > CHUNK / 2 - 6 * GROUP) {
        if (!chunks.isEmpty()) {
          chunks.set(chunks.size() - 1, Arrays.copyOf(chunk, at));
          chunk = new byte[CHUNK];
        }
        chunks.add(chunk);
        at = 0;
      }
      groups.add(((chunks.size() - 1) << CHUNK_BITS) | at);
    }

    private void number(int value) {
      int rest = value;
      while (rest > 0x7f) {
        chunk[at++] = (byte) ((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      chunk[at++] = (byte) rest;
    }

    PathTable build() {
      if (!chunks.isEmpty()) {
        chunks.set(chunks.size() - 1, Arrays.copyOf(chunk, at));
      }
      return new PathTable(List.copyOf(chunks), groups.build().trimmed(), size);
    }
  }
}

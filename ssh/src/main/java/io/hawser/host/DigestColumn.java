package io.hawser.host;

import com.google.common.io.BaseEncoding;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** SHA-256 digests by index, 32 bytes each once known. Thread-safe. */
final class DigestColumn {
  private static final BaseEncoding HEX = BaseEncoding.base16().lowerCase();
  private static final int LENGTH = 32;
  private static final int GROUP = 1024;

  // A group is made when its first digest comes; a byte more than the digest says that it is known.
  private final ConcurrentMap<Integer, byte[]> groups = new ConcurrentHashMap<>();

  @Nullable String get(int index) {
    byte[] group = groups.get(index / GROUP);
    if (group == null) {
      return null;
    }
    int at = index % GROUP * (LENGTH + 1);
    synchronized (group) {
      return group[at] == 0 ? null : HEX.encode(group, at + 1, LENGTH);
    }
  }

  void put(int index, String hex) {
    byte[] digest = HEX.decode(hex);
    if (digest.length != LENGTH) {
      throw new IllegalArgumentException(hex + " is no SHA-256");
    }
    byte[] group = groups.computeIfAbsent(index / GROUP, none -> new byte[GROUP * (LENGTH + 1)]);
    int at = index % GROUP * (LENGTH + 1);
    synchronized (group) {
      System.arraycopy(digest, 0, group, at + 1, LENGTH);
      group[at] = 1;
    }
  }
}

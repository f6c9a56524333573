package io.hawser.ssh.mock;

import com.google.common.hash.Hashing;
import org.jspecify.annotations.Nullable;

/** A file, directory or link in memory. Immutable; the digest is computed once, when asked. */
final class MemoryNode {
  /** What it is. */
  enum Kind {
    FILE,
    DIRECTORY,
    LINK
  }

  private final Kind kind;
  private final int mode;
  private final byte[] bytes;
  private final String target;
  private @Nullable String sha256;

  private MemoryNode(Kind kind, int mode, byte[] bytes, String target) {
    this.kind = kind;
    this.mode = mode;
    this.bytes = bytes;
    this.target = target;
  }

  /** A file; the bytes are taken over, not copied. */
  static MemoryNode file(int mode, byte[] bytes) {
    return new MemoryNode(Kind.FILE, mode, bytes, "");
  }

  static MemoryNode directory(int mode) {
    return new MemoryNode(Kind.DIRECTORY, mode, new byte[0], "");
  }

  static MemoryNode link(String target) {
    return new MemoryNode(Kind.LINK, 0777, new byte[0], target);
  }

  MemoryNode withMode(int newMode) {
    return new MemoryNode(kind, newMode, bytes, target);
  }

  Kind kind() {
    return kind;
  }

  boolean isFile() {
    return kind == Kind.FILE;
  }

  boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  boolean isLink() {
    return kind == Kind.LINK;
  }

  int mode() {
    return mode;
  }

  /** The bytes themselves: not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  String target() {
    return target;
  }

  synchronized String sha256() {
    String known = sha256;
    if (known == null) {
      known = Hashing.sha256().hashBytes(bytes).toString();
      sha256 = known;
    }
    return known;
  }
}

package io.hawser.host;

import com.google.common.hash.Hashing;
import com.google.common.io.ByteSource;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** One entry of a {@link FileTree}. Immutable; its digest is computed once, when first asked. */
public final class TreeFile {
  /** What an entry is. */
  public enum Type {
    /** A regular file. */
    FILE,
    /** A directory. */
    DIRECTORY,
    /** A symbolic link, which is sent as one and never followed. */
    LINK
  }

  private final String path;
  private final Type type;
  private final int mode;
  private final int rank;
  private final long size;
  private final String linkTarget;
  private final ByteSource source;
  private final long stamp;
  private @Nullable String sha256;

  private TreeFile(
      String path,
      Type type,
      int mode,
      int rank,
      long size,
      String linkTarget,
      ByteSource source,
      long stamp) {
    this.path = path;
    this.type = type;
    this.mode = mode;
    this.rank = rank;
    this.size = size;
    this.linkTarget = linkTarget;
    this.source = source;
    this.stamp = stamp;
  }

  /** A regular file whose bytes lie in a file of the controller, {@code size} bytes long. */
  public static TreeFile file(String path, int mode, long size, Path source) {
    return scanned(checked(path), mode, size, 0, source);
  }

  /** The same; the path is known to be good, and when the source was changed last too. */
  static TreeFile scanned(String path, int mode, long size, long stamp, Path source) {
    ByteSource bytes = MoreFiles.asByteSource(source);
    return new TreeFile(path, Type.FILE, mode, 0, size, "", bytes, stamp);
  }

  /** A regular file with a text as its content, in UTF-8. */
  public static TreeFile text(String path, int mode, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new TreeFile(
        checked(path), Type.FILE, mode, 0, bytes.length, "", ByteSource.wrap(bytes), 0);
  }

  /** A directory. */
  public static TreeFile directory(String path, int mode) {
    return new TreeFile(checked(path), Type.DIRECTORY, mode, 0, 0, "", ByteSource.empty(), 0);
  }

  /** A symbolic link. */
  public static TreeFile link(String path, String target) {
    return new TreeFile(
        checked(path), Type.LINK, 0777, 0, 0, checkedLine(target), ByteSource.empty(), 0);
  }

  /** The same entry, to appear after all entries of a lower rank; 0 by default, at most 9. */
  public TreeFile withRank(int newRank) {
    if (newRank < 0 || newRank > 9) {
      throw new IllegalArgumentException("rank " + newRank + " is not within 0 to 9");
    }
    TreeFile copy = new TreeFile(path, type, mode, newRank, size, linkTarget, source, stamp);
    copy.sha256 = knownDigest();
    return copy;
  }

  /** The same file with a digest that is known already, for example from its name. */
  public TreeFile withSha256(String hex) {
    TreeFile copy = new TreeFile(path, type, mode, rank, size, linkTarget, source, stamp);
    copy.sha256 = hex;
    return copy;
  }

  /** The path below the tree's root, with {@code /} between names. */
  public String path() {
    return path;
  }

  /** What it is. */
  public Type type() {
    return type;
  }

  /** The permission bits. */
  public int mode() {
    return mode;
  }

  /** Entries of a lower rank appear on a host first. */
  public int rank() {
    return rank;
  }

  /** The size in bytes; 0 unless it is a file. */
  public long size() {
    return size;
  }

  /** What a link points at; empty unless it is a link. */
  public String linkTarget() {
    return linkTarget;
  }

  /** Opens the bytes of a file. */
  public InputStream open() throws IOException {
    return source.openStream();
  }

  /** The SHA-256 of a file's bytes in lower case hexadecimal digits. */
  public synchronized String sha256() {
    String known = sha256;
    if (known == null) {
      try {
        known = source.hash(Hashing.sha256()).toString();
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot read the source of " + path + ": " + e.getMessage(), e);
      }
      sha256 = known;
    }
    return known;
  }

  /** Remembers the digest of what was read while it was sent. */
  synchronized void learn(String hex) {
    sha256 = hex;
  }

  /** When the source was changed last, in nanoseconds; 0 when that is not known. */
  long stamp() {
    return stamp;
  }

  /** The digest if it is known without reading the file. */
  synchronized @Nullable String knownDigest() {
    return sha256;
  }

  @Override
  public String toString() {
    return path;
  }

  static String checked(String path) {
    boolean unsafe = path.isEmpty() || path.startsWith("/") || path.endsWith("/");
    for (String name : path.split("/", -1)) {
      unsafe |= name.isEmpty() || name.equals(".") || name.equals("..");
    }
    if (unsafe) {
      throw new IllegalArgumentException("\"" + path + "\" is not a path below a tree's root");
    }
    return checkedLine(path);
  }

  private static String checkedLine(String text) {
    if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "the name \"" + text.replaceAll("\\p{Cntrl}", "?") + "\" holds a line break or NUL");
    }
    return text;
  }
}

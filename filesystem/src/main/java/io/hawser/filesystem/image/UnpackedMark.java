package io.hawser.filesystem.image;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The file by which a directory is known to be unpacked to its end and not touched since: it holds
 * the number of entries and the sum of hashes of their paths, types, modes, sizes, link targets and
 * times. So what a power cut left empty is found without reading every byte.
 */
final class UnpackedMark extends SimpleFileVisitor<Path> {
  private static final String NAME = ".complete";
  private static final String ATTRIBUTES = "unix:mode,size,lastModifiedTime";

  private final Path directory;
  private long entries;
  private long sum;

  private UnpackedMark(Path directory) {
    this.directory = directory;
  }

  /** Marks a directory. */
  static void put(Path directory) throws IOException {
    Files.writeString(directory.resolve(NAME), of(directory));
  }

  /** Whether a directory has a mark that is true. */
  static boolean isTrue(Path directory) {
    Path mark = directory.resolve(NAME);
    try {
      return Files.isRegularFile(mark, LinkOption.NOFOLLOW_LINKS)
          && Files.size(mark) < 100
          && Files.readString(mark).equals(of(directory));
    } catch (IOException e) {
      // Whatever cannot be read cannot be used either.
      return false;
    }
  }

  private static String of(Path directory) throws IOException {
    UnpackedMark mark = new UnpackedMark(directory);
    Files.walkFileTree(directory, mark);
    return "1 " + mark.entries + " " + Long.toHexString(mark.sum) + "\n";
  }

  @Override
  public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
      throws IOException {
    if (!path.equals(directory)) {
      add(path, false);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
    if (!path.equals(directory.resolve(NAME))) {
      add(path, true);
    }
    return FileVisitResult.CONTINUE;
  }

  /** Entries come in any order, so their hashes are added. */
  private void add(Path path, boolean withTime) throws IOException {
    Map<String, Object> is = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    Hasher hasher = Hashing.murmur3_128().newHasher();
    hasher
        .putString(directory.relativize(path).toString(), StandardCharsets.UTF_8)
        .putByte((byte) 0);
    hasher.putString(String.valueOf(is.get("mode")), StandardCharsets.UTF_8);
    if (withTime && is.get("lastModifiedTime") instanceof FileTime time) {
      hasher.putLong(time.to(TimeUnit.NANOSECONDS));
      hasher.putString(String.valueOf(is.get("size")), StandardCharsets.UTF_8);
    }
    if (Files.isSymbolicLink(path)) {
      hasher.putString(Files.readSymbolicLink(path).toString(), StandardCharsets.UTF_8);
    }
    entries++;
    sum += hasher.hash().asLong();
  }
}

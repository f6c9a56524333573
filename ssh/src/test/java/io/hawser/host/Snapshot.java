package io.hawser.host;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Path, type, mode, content and link target of all that lies below a directory. */
final class Snapshot {
  private Snapshot() {}

  static Map<String, String> of(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        found.put(root.relativize(path).toString(), describe(path));
      }
    }
    return found;
  }

  /** Permission bits in the way of ls. */
  static String mode(int bits) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8; bit >= 0; bit--) {
      text.append((bits & (1 << bit)) == 0 ? '-' : "xwr".charAt(bit % 3));
    }
    return text.toString();
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link " + Files.readSymbolicLink(path);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    return Files.isDirectory(path)
        ? "directory " + mode
        : "file " + mode + " " + Hashing.sha256().hashBytes(Files.readAllBytes(path));
  }
}

package io.hawser.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What lay below the root of an embedded host at one moment, to be compared with a later one. Plain
 * data.
 *
 * @param lines one for each file, directory and link, sorted by path: path, type, permissions, size
 *     and SHA-256 of a file, target of a link
 */
public record HostSnapshot(List<String> lines) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Directories whose content is left out, since it grows by itself: logs. */
  public static final List<String> EXCLUDED = ImmutableList.of("/var/log");

  /** Copies the lines. */
  public HostSnapshot {
    lines = ImmutableList.copyOf(lines);
  }

  /** Looks at everything below a directory. */
  static HostSnapshot of(Path root) {
    try (Stream<Path> all = Files.walk(root)) {
      List<String> lines = new ArrayList<>();
      for (Path path : (Iterable<Path>) all.sorted()::iterator) {
        String name = "/" + root.relativize(path);
        if (EXCLUDED.stream().noneMatch(excluded -> name.startsWith(excluded + "/"))) {
          lines.add(name + " " + describe(path));
        }
      }
      return new HostSnapshot(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link -> " + Files.readSymbolicLink(path);
    }
    String mode =
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
    if (Files.isDirectory(path)) {
      return "directory " + mode;
    }
    if (!Files.isRegularFile(path)) {
      return "other " + mode;
    }
    return "file "
        + mode
        + " "
        + Files.size(path)
        + " "
        + com.google.common.io.Files.asByteSource(path.toFile()).hash(Hashing.sha256());
  }

  /**
   * What differs in a later snapshot: lines that are gone after a {@code -}, new ones after a
   * {@code +}; empty when nothing does.
   */
  public List<String> differences(HostSnapshot later) {
    List<String> found = new ArrayList<>();
    lines.stream().filter(line -> !later.lines.contains(line)).forEach(it -> found.add("-" + it));
    later.lines.stream().filter(line -> !lines.contains(line)).forEach(it -> found.add("+" + it));
    found.sort(java.util.Comparator.comparing((String line) -> line.substring(1)));
    return found;
  }
}

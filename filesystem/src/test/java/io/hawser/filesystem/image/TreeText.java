package io.hawser.filesystem.image;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything about a tree that its images say, as texts that can be compared. */
final class TreeText {
  private TreeText() {}

  /** By path: the type and mode, and the digest of a file or the target of a link. */
  static Map<String, String> of(Path tree) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.filter(path -> !path.equals(tree)).toList()) {
        texts.put(tree.relativize(path).toString(), text(path));
      }
    }
    return texts;
  }

  private static String text(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "link " + Files.readSymbolicLink(path);
    }
    int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    return Files.isDirectory(path)
        ? String.format("directory %o", mode)
        : String.format("file %o %s", mode, Hashing.sha256().hashBytes(Files.readAllBytes(path)));
  }
}

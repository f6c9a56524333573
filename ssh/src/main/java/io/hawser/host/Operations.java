package io.hawser.host;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The changes that the agent makes by itself, as the lines it reads. */
final class Operations {
  private Operations() {}

  /** The line for a change; empty when the change needs more than a line. */
  static Optional<String> line(HostChange change) {
    if (change instanceof DirectoryChange dir) {
      return Optional.of("dir " + WireField.encode(dir.path()) + " " + mode(dir.mode()));
    }
    if (change instanceof FileChange file) {
      String place = WireField.encode(file.path()) + " " + mode(file.mode());
      return Optional.of("file " + place + " " + content(file.content().reveal()));
    }
    if (change instanceof LinkChange link) {
      return Optional.of(
          "link " + WireField.encode(link.path()) + " " + WireField.encode(link.to()));
    }
    if (change instanceof UnitChange unit) {
      return Optional.of("unit " + unit.name() + " " + content(unit.content()));
    }
    return Optional.empty();
  }

  static String mode(int bits) {
    return String.format("%04o", bits);
  }

  private static String content(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Hashing.sha256().hashBytes(bytes) + " " + WireField.encode(bytes);
  }
}

package io.hawser.examples.installer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds files that cannot be written before there is something to write, which would be lost. */
final class OutputFile {
  private OutputFile() {}

  /**
   * Does nothing if the file can be written, or none is wanted.
   *
   * @throws IllegalArgumentException naming option and file if it cannot
   */
  static void check(String option, @Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(option + " " + file + " is a directory; name a file");
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          option + " " + file + ": " + folder + " is not a directory that may be written to");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new IllegalArgumentException(option + " " + file + " may not be written to");
    }
  }
}

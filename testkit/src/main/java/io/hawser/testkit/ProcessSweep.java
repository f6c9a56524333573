package io.hawser.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Clears away what commands of an embedded host left behind. */
final class ProcessSweep {
  /** A process may fork between listing and killing: look again, but not for ever. */
  private static final int ROUNDS = 20;

  private ProcessSweep() {}

  /** Kills a process group; one that is gone already is no error. */
  static void killGroup(long leader) {
    run("kill -KILL -\"$1\" 2>/dev/null", Long.toString(leader));
  }

  /**
   * Kills every process of this machine that has the entry in its environment. Needs {@code /proc};
   * elsewhere the groups that were killed before must do.
   */
  static void killMarked(String entry) {
    for (int round = 0; round < ROUNDS; round++) {
      List<String> found = marked(entry);
      if (found.isEmpty()) {
        return;
      }
      found.forEach(pid -> run("kill -KILL \"$1\" 2>/dev/null", pid));
    }
  }

  /** The ids of the processes that have the entry in their environment. */
  static List<String> marked(String entry) {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        if (environment(process).contains('\0' + entry + '\0')) {
          found.add(process.getFileName().toString());
        }
      }
    } catch (IOException e) {
      return found; // no /proc here
    }
    return found;
  }

  private static String environment(Path process) {
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("environ"));
      return '\0' + new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // gone meanwhile, or another user's
    }
  }

  static void deleteTree(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String script, String argument) {
    try {
      new ProcessBuilder("/bin/sh", "-c", script, "sh", argument).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfile;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What {@code run} keeps of a cluster in {@code ~/.hawser/<cluster>}, readable by its owner only:
 * the Clusterfile, and the choices of a run that a Clusterfile has no field for.
 */
final class SavedCluster {
  private static final String CLUSTERFILE = "Clusterfile";
  private static final String CHOICES = "choices";

  private final Path base;
  private final Path directory;

  private SavedCluster(Path base, Path directory) {
    this.base = base;
    this.directory = directory;
  }

  /**
   * The one with a name.
   *
   * @throws IllegalArgumentException if that can be no cluster's name, and so no directory's
   */
  static SavedCluster named(Path home, String name) {
    if (!Cluster.isName(name)) {
      throw new IllegalArgumentException(
          "--cluster \"" + name + "\" is not a cluster name: a-z, 0-9 and -, at most 63");
    }
    return new SavedCluster(base(home), base(home).resolve(name));
  }

  private static Path base(Path home) {
    return home.resolve(".hawser");
  }

  /** All that are there, by name. */
  static List<SavedCluster> all(Path home) {
    if (!Files.isDirectory(base(home))) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(base(home))) {
      return children
          .sorted()
          .map(child -> new SavedCluster(base(home), child))
          .filter(saved -> Files.isRegularFile(saved.clusterfile()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path clusterfile() {
    return directory.resolve(CLUSTERFILE);
  }

  boolean exists() {
    return Files.exists(clusterfile());
  }

  /** Keeps a Clusterfile and choices; the file is there whole or not at all. */
  void save(Clusterfile file, Choices choices) {
    try {
      ownDirectory(base);
      ownDirectory(directory);
      Path written = Files.writeString(directory.resolve(CHOICES), choices.text());
      if (isPosix(written)) {
        Files.setPosixFilePermissions(written, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write below " + directory + ": " + e.getMessage(), e);
    }
    file.write(clusterfile());
  }

  private static void ownDirectory(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return;
    }
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      return;
    }
    if (isPosix(path)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static boolean isPosix(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView("posix");
  }

  /** The choices of the run that made it; the defaults if nobody knows. */
  Choices choices() {
    Path file = directory.resolve(CHOICES);
    if (!Files.isRegularFile(file)) {
      return new Choices(ClusterOptions.Mode.safe, false);
    }
    try {
      return Choices.of(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How the registries are made; the next run has to do it in the same way. */
  record Choices(ClusterOptions.Mode mode, boolean plainHttp) {
    String text() {
      return "mode=" + mode + "\nplain-http=" + plainHttp + "\n";
    }

    static Choices of(String text) throws IOException {
      Properties values = new Properties();
      values.load(new StringReader(text));
      return new Choices(
          ClusterOptions.Mode.valueOf(values.getProperty("mode", "safe")),
          Boolean.parseBoolean(values.getProperty("plain-http")));
    }
  }
}

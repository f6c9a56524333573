package io.hawser.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the storage of a CNCF distribution registry. Nothing is remembered between two calls. */
final class StorageTree {
  private final Path base;

  /**
   * Reads what lies below a storage directory.
   *
   * @param storage the directory that holds {@code docker/registry/v2}
   */
  StorageTree(Path storage) {
    this.base = storage.resolve("docker/registry/v2");
  }

  /** The digest that a tag points at. */
  Optional<String> tag(String repository, String tag) throws IOException {
    return link(repository(repository).resolve("_manifests/tags/" + tag + "/current/link"));
  }

  /** Whether the repository has a manifest with the digest. */
  boolean hasManifest(String repository, String digest) throws IOException {
    Path revisions = repository(repository).resolve("_manifests/revisions");
    return link(revisions.resolve(digest.replace(':', '/')).resolve("link")).isPresent();
  }

  /** Whether the repository has a layer or configuration with the digest. */
  boolean hasLayer(String repository, String digest) throws IOException {
    Path layers = repository(repository).resolve("_layers");
    return link(layers.resolve(digest.replace(':', '/')).resolve("link")).isPresent();
  }

  /** The file with the content of a digest, if it is there. */
  Optional<Path> blob(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    Path data = base.resolve("blobs/sha256").resolve(hex.substring(0, 2)).resolve(hex);
    return Optional.of(data.resolve("data")).filter(Files::isRegularFile);
  }

  /** The tags of a repository in order; empty when there is no such repository. */
  Optional<List<String>> tags(String repository) throws IOException {
    Path manifests = repository(repository).resolve("_manifests");
    if (!Files.isDirectory(manifests)) {
      return Optional.empty();
    }
    try (Stream<Path> tags = Files.list(manifests.resolve("tags"))) {
      return Optional.of(tags.map(tag -> tag.getFileName().toString()).sorted().toList());
    } catch (NoSuchFileException e) {
      return Optional.of(List.of());
    }
  }

  /** The names of all repositories in order. */
  List<String> repositories() throws IOException {
    Path repositories = base.resolve("repositories");
    if (!Files.isDirectory(repositories)) {
      return List.of();
    }
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> paths = Files.find(repositories, 32, (path, what) -> isManifests(path))) {
      paths.forEach(path -> names.add(repositories.relativize(path.getParent()).toString()));
    }
    return List.copyOf(names);
  }

  private static boolean isManifests(Path path) {
    return path.endsWith("_manifests");
  }

  private Path repository(String name) {
    return base.resolve("repositories").resolve(name);
  }

  /**
   * The digest in a link file.
   *
   * @throws IOException if the file is there but holds none, as a crash can leave it
   */
  private static Optional<String> link(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (!text.matches("sha256:[0-9a-f]{64}")) {
      throw new IOException(file + " holds no digest");
    }
    return Optional.of(text);
  }
}

package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory with archives that shall be refused, and a canary beside what they may touch. */
final class Refusals {
  private final Path directory;
  private final Path store;
  private final Path canary;

  Refusals(Path directory) throws IOException {
    this.directory = directory;
    store = directory.resolve("in/store");
    canary = Files.createDirectories(directory.resolve("in/elsewhere")).resolve("file");
    Files.writeString(canary, "untouched");
  }

  /** The message of the refusal; nothing is anywhere afterwards. */
  String of(Path archive, ImageLimits limits) throws IOException {
    List<String> before = everything();
    ImageException refusal =
        catchThrowableOfType(
            ImageException.class,
            () -> UnpackedImages.in(store).withLimits(limits).directory(archive));
    assertThat(refusal).as("%s is refused", archive).isNotNull();
    assertThat(refusal.archive()).isEqualTo(archive.toString());
    Files.deleteIfExists(store);
    assertThat(everything()).isEqualTo(before);
    assertThat(canary).hasContent("untouched");
    return refusal.getMessage();
  }

  /** The same with the limits that are the default. */
  String of(Path archive) throws IOException {
    return of(archive, ImageLimits.DEFAULT);
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  /** A new layout with an image of these layers. */
  Path layout(TarMaker... layers) throws IOException {
    return ImageMaker.of("amd64", layers).layout(Files.createTempDirectory(directory, "layout"));
  }

  static List<Path> blobs(Path layout) throws IOException {
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      return blobs.toList();
    }
  }
}

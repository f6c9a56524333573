package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.CancelledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory in which images lie unpacked, over time. */
class UnpackedStoreTest {
  @TempDir Path directory;
  private Path store;
  private UnpackedImages images;

  @BeforeEach
  void makeStore() {
    store = directory.resolve("store");
    images = UnpackedImages.in(store);
  }

  private static TarMaker scripts() {
    return new TarMaker().directory("scripts").file("scripts/init.sh", 0755, "#!/bin/sh\n");
  }

  private Path layout(String name) throws IOException {
    return Files.createDirectories(directory.resolve(name));
  }

  private List<String> stored() throws IOException {
    try (Stream<Path> children = Files.list(store)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasTouchedOrLeftHalfIsUnpackedAnew() throws IOException {
    Path archive = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    Path home = images.directory(archive);
    Map<String, String> right = TreeText.of(home.resolve("rootfs"));
    Path script = home.resolve("rootfs/scripts/init.sh");
    List<ThrowingChange> damages =
        List.of(
            () -> Files.writeString(script, "changed"),
            () -> Files.write(script, new byte[0]),
            () -> Files.delete(script),
            () -> Files.createFile(home.resolve("rootfs/more")),
            () ->
                Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------")),
            () -> Files.delete(home.resolve(".complete")),
            () -> Files.writeString(home.resolve("image.json"), "{}"));
    for (ThrowingChange damage : damages) {
      damage.run();
      assertThat(images.directory(archive)).isEqualTo(home);
      assertThat(TreeText.of(home.resolve("rootfs"))).isEqualTo(right);
      assertThat(stored()).hasSize(1);
    }
  }

  @Test
  void manyUnpackOneImageAtOnce() throws Exception {
    Path archive = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> homes = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        homes.add(threads.submit(() -> UnpackedImages.in(store).directory(archive)));
      }
      for (Future<Path> home : homes) {
        assertThat(TreeText.of(home.get().resolve("rootfs"))).hasSize(2);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(stored()).hasSize(1);
  }

  @Test
  void whatDeadProcessesLeftIsRemovedAfterADay() throws IOException {
    Path archive = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    images.directory(archive);
    Path old = Files.createDirectories(store.resolve(".unpacking-1/image")).getParent();
    Path young = Files.createDirectories(store.resolve(".unpacking-2"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    images.directory(archive);
    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void aDirectoryThatOthersMayWriteToIsRefused() throws IOException {
    Path archive = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    images.directory(archive);
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> images.directory(archive))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("others may write to " + store);
  }

  @Test
  void anInterruptEndsItAndLeavesNothing() throws IOException {
    Path archive = ImageMaker.of("amd64", scripts()).layout(layout("layout"));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> images.directory(archive)).isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stored()).isEmpty();
  }

  private interface ThrowingChange {
    void run() throws IOException;
  }
}

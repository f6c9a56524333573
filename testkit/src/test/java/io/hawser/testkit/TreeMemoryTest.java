package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Trees that are larger than the heap of the JVM that sends them. */
class TreeMemoryTest {
  private EmbeddedHosts hosts;
  private Host host;

  @TempDir private Path temp;

  // Not as fields: JUnit makes the object of a test that is skipped, too, and nobody would close
  // them.
  @BeforeEach
  void begin() {
    hosts = EmbeddedHosts.builder().count(1).keyLogin().start();
    host = hosts.cluster("c1", "master").hosts().get(0);
  }

  @AfterEach
  void end() {
    hosts.close();
  }

  private Path files(int count) throws IOException {
    Path tree = temp.resolve("tree");
    for (int i = 0; i < count; i++) {
      Path file = tree.resolve("directory-" + i % 257 + "/file-with-some-name-" + i);
      if (i < 257) {
        Files.createDirectories(file.getParent());
      }
      Files.writeString(file, "content " + i);
    }
    return tree;
  }

  private static void sparse(Path file, long size) throws IOException {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(size - 1);
      open.seek(size - 1);
      open.write(1);
    }
  }

  private void assertArrives(int mebibytes, Path tree, long count, long bytes) throws Exception {
    assertThat(SmallHeapPush.run(mebibytes, hosts.hostKeys(), host, tree))
        .containsExactly("CHANGED " + count + " files, " + bytes + " bytes sent", "SAME ");
  }

  private static long bytesOf(int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += ("content " + i).length();
    }
    return bytes;
  }

  @Test
  @DisplayName("F18 20,000 files and a long one are sent with a heap of 32 MiB")
  void manyFilesAndALongOne() throws Exception {
    Path tree = files(20_000);
    sparse(tree.resolve("long"), 300L << 20);
    assertArrives(32, tree, 20_001, bytesOf(20_000) + (300L << 20));
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName("F18 20 GiB are sent with a heap of 32 MiB")
  void aVeryLongFile() throws Exception {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    sparse(tree.resolve("long"), 20L << 30);
    assertArrives(32, tree, 1, 20L << 30);
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName("F18 a million files are sent with a heap of 128 MiB")
  void aMillionFiles() throws Exception {
    assertArrives(128, files(1_000_000), 1_000_000, bytesOf(1_000_000));
  }
}

package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Archives that went through a mill. Seeded; with {@code -Dhawser.long=true} a hundred times as
 * many.
 */
class ArchiveFuzzTest {
  private static final int ROUNDS = Boolean.getBoolean("hawser.long") ? 20_000 : 200;
  private static final ImageLimits SMALL = new ImageLimits(1_000, 16 << 20, 100);
  private static final String[] NAMES = {
    "a",
    "b",
    "a/b",
    "a/b/c",
    "./a",
    "a/",
    "../a",
    "/a",
    "a/../b",
    ".wh.a",
    "a/.wh..wh..opq",
    "a/.wh.b",
    "..",
    ".",
    "",
    "a/./b",
    "\u00e9",
    "a\\b",
    "x".repeat(99),
    ".wh..",
    ".wh..wh.x"
  };

  @TempDir private Path directory;

  /** Layers of nonsense whose digests are right, so that every byte of them is looked at. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @Timeout(3600)
  @DisplayName("I10 whatever a layer holds, it is unpacked below its directory or refused")
  void layersOfNonsense(long seed) throws IOException {
    Random random = new Random(seed);
    int unpacked = 0;
    for (int round = 0; round < ROUNDS; round++) {
      ImageMaker image = ImageMaker.of("amd64");
      for (int layer = random.nextInt(3); layer >= 0; layer--) {
        byte[] tar = mutated(random, layer(random).bytes(), 3);
        image.layer(tar, random.nextInt(4) == 0 ? ImageMaker.gzip(tar) : tar);
      }
      unpacked += unpack(image.layout(scratch(round))) ? 1 : 0;
    }
    assertThat(unpacked).as("not all are refused").isGreaterThan(ROUNDS / 100);
  }

  /** Whole archives with damage anywhere. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  @Timeout(3600)
  @DisplayName("I10 whatever an archive holds, it is unpacked below its directory or refused")
  void damagedArchives(long seed) throws IOException {
    Random random = new Random(seed);
    TarMaker layer =
        new TarMaker().directory("a").file("a/b", "x").link("c", "a").hardLink("d", "a/b");
    Path docker =
        ImageMaker.of("amd64", layer, layer(random)).docker(directory.resolve("right.tar"));
    byte[] right = Files.readAllBytes(docker);
    byte[] packed = ImageMaker.gzip(right);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] wrong = mutated(random, random.nextInt(4) == 0 ? packed : right, 6);
      unpack(Files.write(scratch(round).resolve("archive.tar"), wrong));
    }
  }

  private Path scratch(int round) throws IOException {
    return Files.createDirectories(directory.resolve("in/" + round));
  }

  /** Unpacks, or is refused; everything else than the image's directory is as before. */
  private boolean unpack(Path archive) throws IOException {
    Path store = directory.resolve("store");
    boolean done = false;
    try {
      Path home = UnpackedImages.in(store).withLimits(SMALL).directory(archive);
      assertThat(home.getParent()).isEqualTo(store);
      done = true;
    } catch (ImageException e) {
      assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]");
    }
    assertThat(names(directory)).isSubsetOf("in", "store", "right.tar");
    assertThat(names(store)).allMatch(name -> name.matches("(sha256|platforms)-[0-9a-f]{64}"));
    TreeRemoval.of(store);
    TreeRemoval.of(directory.resolve("in"));
    return done;
  }

  private static List<String> names(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return new ArrayList<>(children.map(child -> child.getFileName().toString()).toList());
    }
  }

  private static TarMaker layer(Random random) {
    TarMaker tar = new TarMaker();
    for (int i = random.nextInt(6); i >= 0; i--) {
      String name = NAMES[random.nextInt(NAMES.length)];
      String other = NAMES[random.nextInt(NAMES.length)];
      switch (random.nextInt(8)) {
        case 0 -> tar.directory(name, random.nextInt(010000));
        case 1 -> tar.link(name, other);
        case 2 -> tar.hardLink(name, other);
        case 3 -> tar.extended("path", other).file(name, "x");
        case 4 -> tar.extended(word(random), word(random)).file(name, "x");
        case 5 ->
            tar.entry((char) random.nextInt(128), name, other, 0644, new byte[random.nextInt(600)]);
        default -> tar.file(name + i, random.nextInt(010000), "x".repeat(random.nextInt(2000)));
      }
    }
    return tar;
  }

  private static String word(Random random) {
    String[] words = {
      "path",
      "linkpath",
      "size",
      "mode",
      "GNU.sparse.size",
      "GNU.sparse.map",
      "GNU.sparse.realsize",
      "GNU.sparse.major",
      "GNU.sparse.minor",
      "GNU.sparse.numblocks",
      "SCHILY.realsize",
      "-1",
      "0",
      "9223372036854775807",
      "99999999999999999999",
      "a/b",
      "../x",
      "1,2,3",
      "mtime",
      "1e9",
      ""
    };
    return words[random.nextInt(words.length)];
  }

  /** Some bytes changed, cut, doubled or left out; headers often get their checksum back. */
  private static byte[] mutated(Random random, byte[] right, int most) {
    byte[] bytes = right.clone();
    for (int i = random.nextInt(most); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes = java.util.Arrays.copyOf(bytes, at);
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        default -> {
          int record = at / 512 * 512;
          int field = random.nextInt(512);
          if (record + 512 <= bytes.length) {
            bytes[record + field] = (byte) random.nextInt(256);
            byte[] header = java.util.Arrays.copyOfRange(bytes, record, record + 512);
            System.arraycopy(TarMaker.checked(header), 0, bytes, record, 512);
          }
        }
      }
    }
    return bytes;
  }
}

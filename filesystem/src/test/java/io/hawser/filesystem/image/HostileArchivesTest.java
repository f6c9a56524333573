package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that want to write elsewhere, or fill the disk or the memory. */
class HostileArchivesTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;
  private Refusals refusals;

  @BeforeEach
  void makeCanary() throws IOException {
    refusals = new Refusals(directory);
  }

  @Test
  @DisplayName("I10 an archive around the layers that lies is refused")
  void hostileArchivesAreRefused() throws IOException {
    TarMaker twice = new TarMaker().file("manifest.json", "[]").file("manifest.json", "[]");
    assertThat(refusals.of(file(twice.bytes()))).contains("holds \"manifest.json\" twice");
    TarMaker climbs = new TarMaker().file("../manifest.json", "[]");
    assertThat(refusals.of(file(climbs.bytes()))).contains("climbs out");
    TarMaker loop = new TarMaker().link("manifest.json", "a").link("a", "manifest.json");
    assertThat(refusals.of(file(loop.bytes()))).contains("no OCI image layout");
    TarMaker out = new TarMaker().link("manifest.json", "../../../../etc/passwd");
    assertThat(refusals.of(file(out.bytes()))).contains("no OCI image layout");
    TarMaker large = new TarMaker().raw(TarMaker.header('0', "manifest.json", "", 0644, 1L << 40));
    assertThat(refusals.of(file(large.bytes()))).contains("is cut off");
    TarMaker big = new TarMaker().file("manifest.json", " ".repeat(2 << 20));
    assertThat(refusals.of(file(big.bytes()))).contains("larger than 1 MiB");
    for (String json :
        List.of("", "{", "[1]", "[{}]", "[{\"Config\":\"../x\"}]", "[[]]", "{\"a\":1}")) {
      assertThat(refusals.of(file(new TarMaker().file("manifest.json", json).bytes())))
          .doesNotContain("Exception");
    }
    assertThat(refusals.of(file(NOTHING))).contains("no OCI image layout");
    assertThat(refusals.of(file("no tar at all".getBytes(StandardCharsets.UTF_8))))
        .contains("no OCI image layout");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("archive.tar"), bytes);
  }

  @Test
  @DisplayName("I10 links in the directory of a layout are not followed")
  void linksInALayoutAreNotFollowed() throws IOException {
    Path layout = refusals.layout(new TarMaker().file("a", "x"));
    Path blob = Refusals.blobs(layout).get(0);
    Files.move(blob, directory.resolve("moved"));
    Files.createSymbolicLink(blob, directory.resolve("moved"));
    assertThat(refusals.of(layout)).containsAnyOf("no blob", "no image");
    Path traversal = Files.createDirectories(directory.resolve("traversal"));
    ImageMaker.layout(
        traversal,
        "{\"mediaType\":\"x\",\"size\":1,\"digest\":\"sha256:../../../../../../etc/passwd\"}");
    assertThat(refusals.of(traversal)).contains("no SHA-256");
  }

  @Test
  @DisplayName("I10 the architecture of an image does not lead elsewhere")
  void theArchitectureIsNoPath() throws IOException {
    Path layout = Files.createDirectories(directory.resolve("layout"));
    ImageMaker one = ImageMaker.of("../../../elsewhere/x", new TarMaker().file("a", "1"));
    ImageMaker two = ImageMaker.of("../y", new TarMaker().file("a", "2"));
    ImageMaker.layout(layout, ImageMaker.index(layout, "v1", one, two));
    assertThat(refusals.of(layout)).contains("no architecture that is known");
  }

  @Test
  void otherCompressionsAreRefusedWithWhatToDo() throws IOException {
    byte[] tar = new TarMaker().file("a", "x").bytes();
    byte[][] heads = {
      {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0},
      {(byte) 0xfd, '7', 'z', 'X', 'Z', 0},
      {'B', 'Z', 'h', '9', 0, 0}
    };
    List<String> names = List.of("zstd", "xz", "bzip2");
    for (int i = 0; i < heads.length; i++) {
      Path layer =
          ImageMaker.of("amd64")
              .layer(tar, heads[i])
              .layout(Files.createDirectories(directory.resolve("layout" + i)));
      assertThat(refusals.of(layer))
          .contains("compressed with " + names.get(i), "skopeo copy --dest-compress-format gzip");
      assertThat(refusals.of(file(heads[i]))).contains("compressed with " + names.get(i));
    }
  }
}

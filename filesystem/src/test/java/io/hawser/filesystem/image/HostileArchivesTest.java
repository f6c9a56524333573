package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives that want to write elsewhere, or fill the disk or the memory. */
class HostileArchivesTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;
  private Path store;
  private Path canary;

  @BeforeEach
  void makeCanary() throws IOException {
    store = directory.resolve("in/store");
    canary = Files.createDirectories(directory.resolve("in/elsewhere"));
    Files.writeString(canary.resolve("file"), "untouched");
  }

  /** The message of the refusal; nothing is anywhere afterwards. */
  private String refused(Path archive, ImageLimits limits) throws IOException {
    List<String> before = everything();
    ImageException refusal =
        catchThrowableOfType(
            ImageException.class,
            () -> UnpackedImages.in(store).withLimits(limits).directory(archive));
    assertThat(refusal).as("%s is refused", archive).isNotNull();
    assertThat(refusal.archive()).isEqualTo(archive.toString());
    Files.deleteIfExists(store);
    assertThat(everything()).isEqualTo(before);
    assertThat(canary.resolve("file")).hasContent("untouched");
    return refusal.getMessage();
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }

  private Path layout(TarMaker... layers) throws IOException {
    return ImageMaker.of("amd64", layers).layout(Files.createTempDirectory(directory, "layout"));
  }

  static Stream<Arguments> hostileLayers() {
    TarMaker link = new TarMaker().link("a", "/").file("b", "x");
    return Stream.of(
        row("climbs out", new TarMaker().file("../x", "x")),
        row("climbs out", new TarMaker().file("a/../../x", "x")),
        row("climbs out", new TarMaker().directory("..")),
        row("climbs out", new TarMaker().extended("path", "../x").file("x", "x")),
        row("climbs out", new TarMaker().file("a", "x").hardLink("b", "../../elsewhere/file")),
        row("absolute path", new TarMaker().file("/etc/passwd", "x")),
        row("absolute path", new TarMaker().file("a", "x").hardLink("b", "/etc/passwd")),
        row("behind \"a\", which is a link", new TarMaker().link("a", "/").file("a/x", "x")),
        row(
            "behind \"a\", which is a link",
            new TarMaker().link("a", "../../elsewhere").file("a/x", "x")),
        row("behind \"a\", which is a link", new TarMaker().link("a", ".").directory("a/b")),
        row("behind \"a\", which is a link", new TarMaker().link("a", "/").link("a/b", "x")),
        row(
            "behind \"a\", which is a link",
            new TarMaker().link("a", "/etc").hardLink("b", "a/passwd")),
        row("behind \"a\", which is a link", link, new TarMaker().file("a/x", "x")),
        row("behind \"a\", which is a link", link, new TarMaker().file("a/.wh.x", "")),
        row("behind \"a\", which is a link", link, new TarMaker().file("a/.wh..wh..opq", "")),
        row("behind \"a\", which is a file", new TarMaker().file("a", "x").file("a/b", "x")),
        row("no file of the image", new TarMaker().hardLink("b", "missing")),
        row("no file of the image", new TarMaker().directory("a").hardLink("b", "a")),
        row("no file of the image", new TarMaker().hardLink("b", "b")),
        row("holds \"a\" twice", new TarMaker().file("a", "x").file("a", "y")),
        row("holds \"a\" twice", new TarMaker().file("a", "x").file("./a", "y")),
        row("holds \"a\" twice", new TarMaker().file("a", "x").link("a", "/")),
        row("holds \"a\" twice", new TarMaker().file("a/b", "x").file("a", "x")),
        row("holds \"a\" twice", new TarMaker().link("a", "/").directory("a")),
        row("take away what is not", new TarMaker().file("a/.wh...", "")),
        row("take away what is not", new TarMaker().file("a/.wh.", "")),
        row("device or pipe", new TarMaker().entry('3', "a", "", 0644, NOTHING)),
        row("device or pipe", new TarMaker().entry('4', "a", "", 0644, NOTHING)),
        row("device or pipe", new TarMaker().entry('6', "a", "", 0644, NOTHING)),
        row("type that is not known", new TarMaker().entry('Z', "a", "", 0644, NOTHING)),
        row("line break", new TarMaker().file("a\nb", "x")),
        row("line break", new TarMaker().link("a", "b\nc")),
        row("link to nothing", new TarMaker().link("a", "")),
        row("255 bytes", new TarMaker().extended("path", "a".repeat(256)).file("a", "x")),
        row(
            "128 directories",
            new TarMaker().extended("path", "a/".repeat(129) + "b").file("a", "x")),
        row("place of the tree", new TarMaker().file(".", "")),
        row("not UTF-8", new TarMaker().raw(latin(0))),
        row("not UTF-8", new TarMaker().raw(latin(157))),
        row(
            "not UTF-8",
            new TarMaker()
                .entry('L', "././@LongLink", "", 0644, new byte[] {'a', (byte) 0xff})
                .file("a", "x")),
        row("sparse", sparse()),
        row("sparse", new TarMaker().entry('S', "a", "", 0644, NOTHING)));
  }

  private static Arguments row(String why, TarMaker... layers) {
    return Arguments.of(why, layers);
  }

  /** A header of a link with a byte in a name that no UTF-8 has. */
  private static byte[] latin(int at) {
    byte[] header = TarMaker.header('2', "name", "target", 0777, 0);
    header[at + 1] = (byte) 0xe9;
    return TarMaker.checked(header);
  }

  /** A GiB of nothing in one record. */
  private static TarMaker sparse() {
    return new TarMaker()
        .extended(
            "GNU.sparse.size", "1073741824", "GNU.sparse.numblocks", "1", "GNU.sparse.map", "0,512")
        .file("a", "x".repeat(512));
  }

  @ParameterizedTest
  @MethodSource("hostileLayers")
  @DisplayName("I10 a layer that leads elsewhere is refused, and nothing is left")
  void hostileLayersAreRefused(String why, TarMaker... layers) throws IOException {
    assertThat(refused(layout(layers), ImageLimits.DEFAULT)).contains("layer sha256:", why);
  }

  @Test
  @DisplayName("I10 a wrong checksum, a cut and wrong digests are refused as damage")
  void damageIsRefused() throws IOException {
    byte[] header = TarMaker.header('0', "a", "", 0644, 0);
    header[0] = 'b';
    assertThat(refused(layout(new TarMaker().raw(header)), ImageLimits.DEFAULT))
        .contains("wrong checksum");

    Path layout = layout(new TarMaker().file("a", "x".repeat(5000)));
    for (Path blob : blobs(layout)) {
      byte[] right = Files.readAllBytes(blob);
      for (byte[] wrong :
          List.of(flipped(right), Arrays.copyOf(right, right.length - 1), NOTHING)) {
        Files.write(blob, wrong);
        assertThat(refused(layout, ImageLimits.DEFAULT)).contains("damaged");
      }
      Files.delete(blob);
      assertThat(refused(layout, ImageLimits.DEFAULT)).containsAnyOf("no blob", "no image");
      Files.write(blob, right);
    }
    byte[] tar = new TarMaker().file("a", "x").bytes();
    Path lying =
        ImageMaker.of("amd64")
            .layer(new TarMaker().bytes(), tar)
            .layout(Files.createDirectories(directory.resolve("lying")));
    assertThat(refused(lying, ImageLimits.DEFAULT)).contains("damaged");
    Path docker = ImageMaker.of("amd64", new TarMaker()).docker(directory.resolve("d.tar"));
    byte[] whole = Files.readAllBytes(docker);
    Files.write(docker, Arrays.copyOf(whole, 900));
    assertThat(refused(docker, ImageLimits.DEFAULT)).contains("is cut off");
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[copy.length / 2] ^= 1;
    return copy;
  }

  private static List<Path> blobs(Path layout) throws IOException {
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      return new ArrayList<>(blobs.toList());
    }
  }

  @Test
  @DisplayName("I10 a bomb is refused before anything of it is written")
  void bombsAreRefused() throws IOException {
    byte[] zeros = new byte[80 << 20];
    TarMaker bomb = new TarMaker().entry('0', "zeros", "", 0644, zeros);
    Path gzip =
        ImageMaker.of("amd64")
            .gzipped(bomb)
            .layout(Files.createDirectories(directory.resolve("gzip")));
    assertThat(refused(gzip, ImageLimits.DEFAULT)).contains("more than 100 times");
    assertThat(refused(gzip, ImageLimits.DEFAULT.withBytes(1 << 20)))
        .contains("more than 1048576 bytes unpacked");

    Path docker = ImageMaker.of("amd64", bomb).docker(directory.resolve("docker.tar"));
    Path whole =
        Files.write(directory.resolve("d.tgz"), ImageMaker.gzip(Files.readAllBytes(docker)));
    assertThat(refused(whole, ImageLimits.DEFAULT)).contains("more than 100 times");

    TarMaker many = new TarMaker();
    for (int i = 0; i < 20; i++) {
      many.file("f" + i, "");
    }
    assertThat(refused(layout(many), ImageLimits.DEFAULT.withEntries(19)))
        .contains("more than 19 entries");
    assertThat(
            refused(
                layout(new TarMaker().file("a/b/c/d", ""), new TarMaker().file("e/f/g", "")),
                ImageLimits.DEFAULT.withEntries(4)))
        .contains("more than 4 directories");
  }

  @Test
  @DisplayName("I10 headers that want much memory are refused")
  void largeHeadersAreRefused() throws IOException {
    byte[] name = new byte[2 << 20];
    Arrays.fill(name, (byte) 'a');
    for (char type : new char[] {'L', 'K', 'x', 'g'}) {
      TarMaker layer =
          type == 'L' || type == 'K'
              ? new TarMaker().entry(type, "././@LongLink", "", 0644, name)
              : new TarMaker().extended("comment", new String(name, StandardCharsets.US_ASCII));
      assertThat(refused(layout(layer.file("a", "x")), ImageLimits.DEFAULT))
          .contains("headers of an entry take more than 1 MiB");
    }
    TarMaker huge = new TarMaker().raw(TarMaker.header('L', "././@LongLink", "", 0, 1L << 40));
    assertThat(refused(layout(huge), ImageLimits.DEFAULT)).contains("layer sha256:");
  }

  @Test
  @DisplayName("I10 an archive around the layers that lies is refused")
  void hostileArchivesAreRefused() throws IOException {
    TarMaker twice = new TarMaker().file("manifest.json", "[]").file("manifest.json", "[]");
    assertThat(refused(file(twice.bytes()), ImageLimits.DEFAULT))
        .contains("holds \"manifest.json\" twice");
    TarMaker climbs = new TarMaker().file("../manifest.json", "[]");
    assertThat(refused(file(climbs.bytes()), ImageLimits.DEFAULT)).contains("climbs out");
    TarMaker loop = new TarMaker().link("manifest.json", "a").link("a", "manifest.json");
    assertThat(refused(file(loop.bytes()), ImageLimits.DEFAULT)).contains("no OCI image layout");
    TarMaker out = new TarMaker().link("manifest.json", "../../../../etc/passwd");
    assertThat(refused(file(out.bytes()), ImageLimits.DEFAULT)).contains("no OCI image layout");
    TarMaker large = new TarMaker().raw(TarMaker.header('0', "manifest.json", "", 0644, 1L << 40));
    assertThat(refused(file(large.bytes()), ImageLimits.DEFAULT)).contains("is cut off");
    TarMaker big = new TarMaker().file("manifest.json", " ".repeat(2 << 20));
    assertThat(refused(file(big.bytes()), ImageLimits.DEFAULT)).contains("larger than 1 MiB");
    for (String json :
        List.of("", "{", "[1]", "[{}]", "[{\"Config\":\"../x\"}]", "[[]]", "{\"a\":1}")) {
      assertThat(
              refused(
                  file(new TarMaker().file("manifest.json", json).bytes()), ImageLimits.DEFAULT))
          .doesNotContain("Exception");
    }
    assertThat(refused(file(NOTHING), ImageLimits.DEFAULT)).contains("no OCI image layout");
    assertThat(refused(file("no tar at all".getBytes(StandardCharsets.UTF_8)), ImageLimits.DEFAULT))
        .contains("no OCI image layout");
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("archive.tar"), bytes);
  }

  @Test
  @DisplayName("I10 links in the directory of a layout are not followed")
  void linksInALayoutAreNotFollowed() throws IOException {
    Path layout = layout(new TarMaker().file("a", "x"));
    Path blob = blobs(layout).get(0);
    Files.move(blob, directory.resolve("moved"));
    Files.createSymbolicLink(blob, directory.resolve("moved"));
    assertThat(refused(layout, ImageLimits.DEFAULT)).containsAnyOf("no blob", "no image");
    Path traversal = Files.createDirectories(directory.resolve("traversal"));
    ImageMaker.layout(
        traversal,
        "{\"mediaType\":\"x\",\"size\":1,\"digest\":\"sha256:../../../../../../etc/passwd\"}");
    assertThat(refused(traversal, ImageLimits.DEFAULT)).contains("no SHA-256");
  }

  @Test
  @DisplayName("I10 the architecture of an image does not lead elsewhere")
  void theArchitectureIsNoPath() throws IOException {
    Path layout = Files.createDirectories(directory.resolve("layout"));
    ImageMaker one = ImageMaker.of("../../../elsewhere/x", new TarMaker().file("a", "1"));
    ImageMaker two = ImageMaker.of("../y", new TarMaker().file("a", "2"));
    ImageMaker.layout(layout, ImageMaker.index(layout, "v1", one, two));
    assertThat(refused(layout, ImageLimits.DEFAULT)).contains("no architecture that is known");
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
      assertThat(refused(layer, ImageLimits.DEFAULT))
          .contains("compressed with " + names.get(i), "skopeo copy --dest-compress-format gzip");
      assertThat(refused(file(heads[i]), ImageLimits.DEFAULT))
          .contains("compressed with " + names.get(i));
    }
  }
}

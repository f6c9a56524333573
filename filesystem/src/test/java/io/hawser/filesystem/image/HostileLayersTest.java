package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Layers that want to write elsewhere, or fill the disk or the memory. */
class HostileLayersTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;
  private Refusals refusals;

  @BeforeEach
  void makeCanary() throws IOException {
    refusals = new Refusals(directory);
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
    assertThat(refusals.of(refusals.layout(layers))).contains("layer sha256:", why);
  }

  @Test
  @DisplayName("I10 a wrong checksum, a cut and wrong digests are refused as damage")
  void damageIsRefused() throws IOException {
    byte[] header = TarMaker.header('0', "a", "", 0644, 0);
    header[0] = 'b';
    assertThat(refusals.of(refusals.layout(new TarMaker().raw(header)))).contains("wrong checksum");

    Path layout = refusals.layout(new TarMaker().file("a", "x".repeat(5000)));
    for (Path blob : Refusals.blobs(layout)) {
      byte[] right = Files.readAllBytes(blob);
      for (byte[] wrong :
          List.of(flipped(right), Arrays.copyOf(right, right.length - 1), NOTHING)) {
        Files.write(blob, wrong);
        assertThat(refusals.of(layout)).contains("damaged");
      }
      Files.delete(blob);
      assertThat(refusals.of(layout)).containsAnyOf("no blob", "no image");
      Files.write(blob, right);
    }
    byte[] tar = new TarMaker().file("a", "x").bytes();
    Path lying =
        ImageMaker.of("amd64")
            .layer(new TarMaker().bytes(), tar)
            .layout(Files.createDirectories(directory.resolve("lying")));
    assertThat(refusals.of(lying)).contains("damaged");
    Path docker = ImageMaker.of("amd64", new TarMaker()).docker(directory.resolve("d.tar"));
    byte[] whole = Files.readAllBytes(docker);
    Files.write(docker, Arrays.copyOf(whole, 900));
    assertThat(refusals.of(docker)).contains("is cut off");
  }

  private static byte[] flipped(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[copy.length / 2] ^= 1;
    return copy;
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
    assertThat(refusals.of(gzip)).contains("more than 100 times");
    assertThat(refusals.of(gzip, ImageLimits.DEFAULT.withBytes(1 << 20)))
        .contains("more than 1048576 bytes unpacked");

    Path docker = ImageMaker.of("amd64", bomb).docker(directory.resolve("docker.tar"));
    Path whole =
        Files.write(directory.resolve("d.tgz"), ImageMaker.gzip(Files.readAllBytes(docker)));
    assertThat(refusals.of(whole)).contains("more than 100 times");

    TarMaker many = new TarMaker();
    for (int i = 0; i < 20; i++) {
      many.file("f" + i, "");
    }
    assertThat(refusals.of(refusals.layout(many), ImageLimits.DEFAULT.withEntries(19)))
        .contains("more than 19 entries");
    assertThat(
            refusals.of(
                refusals.layout(
                    new TarMaker().file("a/b/c/d", ""), new TarMaker().file("e/f/g", "")),
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
      assertThat(refusals.of(refusals.layout(layer.file("a", "x"))))
          .contains("headers of an entry take more than 1 MiB");
    }
    TarMaker huge = new TarMaker().raw(TarMaker.header('L', "././@LongLink", "", 0, 1L << 40));
    assertThat(refusals.of(refusals.layout(huge))).contains("layer sha256:");
  }
}

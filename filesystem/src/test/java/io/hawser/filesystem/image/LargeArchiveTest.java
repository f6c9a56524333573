package io.hawser.filesystem.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are larger than the memory of the JVM that unpacks them. */
class LargeArchiveTest {
  private static final int MEBIBYTES = Boolean.getBoolean("hawser.long") ? 4_096 : 256;
  private static final int ENTRIES = Boolean.getBoolean("hawser.long") ? 1_000_000 : 30_000;

  @TempDir private Path directory;

  /** What runs in the small JVM: unpacks archives and prints what became of each. */
  public static void main(String... arguments) {
    for (int i = 1; i < arguments.length; i++) {
      String outcome;
      try {
        outcome =
            "unpacked " + UnpackedImages.in(Path.of(arguments[0])).directory(Path.of(arguments[i]));
      } catch (ImageException e) {
        outcome = "refused " + e.getMessage();
      }
      System.out.println(outcome);
    }
  }

  @Test
  void namesThatTheJvmCannotWriteAreRefusedWithWhatToDo() throws Exception {
    Path layout =
        ImageMaker.of("amd64", new TarMaker().file("\u00e4", "x"))
            .layout(Files.createDirectories(directory.resolve("layout")));
    assertThat(inSmallJvm(layout))
        .singleElement()
        .asString()
        .containsPattern("^unpacked |start it in a UTF-8 locale such as C.UTF-8");
  }

  private List<String> inSmallJvm(Path... archives) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                LargeArchiveTest.class.getName(),
                directory.resolve("store").toString()));
    Arrays.stream(archives).map(Path::toString).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    try (var lines = process.inputReader(StandardCharsets.UTF_8).lines()) {
      return lines.toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  @DisplayName("I10 memory grows neither with the bytes nor with the entries of a layer")
  void memoryDoesNotGrow() throws Exception {
    Path large = archive("large", out -> files(out, 4, MEBIBYTES / 4));
    Path many = archive("many", out -> files(out, ENTRIES, 0));
    List<String> outcomes = inSmallJvm(large, many);
    assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome.startsWith("unpacked "));
    Path tree = Path.of(outcomes.get(0).substring("unpacked ".length())).resolve("rootfs/d3");
    assertThat(tree.resolve("file-3")).hasSize((MEBIBYTES / 4L) << 20);
  }

  @Test
  @DisplayName("I10 hostile archives do not fill the memory")
  void bombsDoNotFillTheMemory() throws Exception {
    Path bomb = archive("bomb", out -> zeros(out, 1_024));
    Path names = archive("names", out -> longName(out, 128));
    Path index = layout("index");
    Files.writeString(index.resolve("index.json"), "[" + "0,".repeat(500_000) + "0]");
    Path deep = layout("deep");
    Files.writeString(deep.resolve("index.json"), "[".repeat(1_000_000));
    assertThat(inSmallJvm(bomb, names, index, deep))
        .hasSize(4)
        .allMatch(outcome -> outcome.startsWith("refused "));
  }

  private Path layout(String name) throws IOException {
    return ImageMaker.of("amd64", new TarMaker())
        .layout(Files.createDirectories(directory.resolve(name)));
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static void files(OutputStream out, int count, int mebibytes) throws IOException {
    byte[] block = new byte[1 << 20];
    new Random(count).nextBytes(block);
    for (int i = 0; i < count; i++) {
      String name = "d" + i % 100 + "/file-" + i;
      out.write(TarMaker.header('0', name, "", 0644, (long) mebibytes << 20));
      for (int j = 0; j < mebibytes; j++) {
        out.write(block);
      }
    }
    out.write(new byte[1024]);
  }

  private static void zeros(OutputStream out, int mebibytes) throws IOException {
    out.write(TarMaker.header('0', "zeros", "", 0644, (long) mebibytes << 20));
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < mebibytes; i++) {
      out.write(block);
    }
  }

  private static void longName(OutputStream out, int mebibytes) throws IOException {
    out.write(TarMaker.header('L', "././@LongLink", "", 0644, (long) mebibytes << 20));
    byte[] block = new byte[1 << 20];
    Arrays.fill(block, (byte) 'a');
    for (int i = 0; i < mebibytes; i++) {
      out.write(block);
    }
  }

  /** A layout with one layer, compressed while it is written. */
  private Path archive(String name, Content content) throws IOException {
    Path layout =
        Files.createDirectories(directory.resolve(name + "/blobs/sha256")).getParent().getParent();
    Path blob = layout.resolve("layer");
    String packed;
    String unpacked;
    try (HashingOutputStream file =
        new HashingOutputStream(Hashing.sha256(), Files.newOutputStream(blob))) {
      HashingOutputStream tar = new HashingOutputStream(Hashing.sha256(), new FastGzip(file));
      content.writeTo(tar);
      tar.close();
      packed = file.hash().toString();
      unpacked = tar.hash().toString();
    }
    long size = Files.size(blob);
    Files.move(blob, layout.resolve("blobs/sha256/" + packed));
    byte[] config =
        ("{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"diff_ids\":[\"sha256:"
                + unpacked
                + "\"]}}")
            .getBytes(StandardCharsets.UTF_8);
    ImageMaker.blob(layout, config);
    byte[] manifest =
        ("{\"config\":"
                + ImageMaker.descriptor("c", config, "")
                + ",\"layers\":[{\"digest\":\"sha256:"
                + packed
                + "\",\"size\":"
                + size
                + "}]}")
            .getBytes(StandardCharsets.UTF_8);
    ImageMaker.blob(layout, manifest);
    return ImageMaker.layout(layout, ImageMaker.descriptor(ImageMaker.MANIFEST, manifest, ""));
  }

  /** Compression at its fastest: how well is not the question. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(1);
    }
  }
}

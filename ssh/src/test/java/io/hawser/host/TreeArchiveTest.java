package io.hawser.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.hawser.ssh.Input;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes in which entries of a tree go to a host, and what is seen of their sources on it. */
class TreeArchiveTest {
  private static final String LONG = "n".repeat(180);

  @TempDir private Path temp;
  private final List<TransferProgress> heard = new ArrayList<>();
  private final TransferMeter meter = new TransferMeter(heard::add, "10.0.0.1", "/srv");
  private final SentFiles sent = new SentFiles(meter::bytes);

  private TreeArchive archive(FileTree tree) {
    return new TreeArchive("names-1", steps(tree), sent);
  }

  private static List<TreeStep> steps(FileTree tree) {
    return ImmutableList.copyOf(new TreeDelta(tree).steps());
  }

  private static byte[] written(Input input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean[] flushed = {false};
    FilterOutputStream stream =
        new FilterOutputStream(bytes) {
          @Override
          public void write(byte[] buffer, int from, int length) {
            flushed[0] = false;
            bytes.write(buffer, from, length);
          }

          @Override
          public void flush() {
            flushed[0] = true;
          }

          @Override
          public void close() {
            throw new AssertionError("the stream is the caller's");
          }
        };
    input.writeTo(stream);
    assertThat(flushed[0]).as("flushed in the end").isTrue();
    return bytes.toByteArray();
  }

  @Test
  void everyEntryIsThereWithWhatItIsAndNothingOfTheController() throws IOException {
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.directory("d", 0750),
                TreeFile.text("d/" + LONG, 04711, "content"),
                TreeFile.text("d/\u00fc b", 0, "").withRank(2),
                TreeFile.link("l", LONG)));
    List<String> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(written(archive(tree))), UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
        assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
        String type = entry.isDirectory() ? "d" : entry.isSymbolicLink() ? "l" : "f";
        String mode = Operations.mode(entry.getMode() & 07777);
        String what = new String(tar.readAllBytes(), UTF_8) + entry.getLinkName();
        entries.add(String.join(" ", type, mode, entry.getName(), what));
      }
    }
    assertThat(entries)
        .containsExactly(
            "f 0600 names-1 ./0/d/" + LONG + "\0./2/d/\u00fc b\0",
            "d 0750 0/d/ ",
            "f 4711 0/d/" + LONG + " content",
            "l 0777 0/l " + LONG,
            "f 0000 2/d/\u00fc b ");
  }

  @Test
  void anArchiveIsMadeOfWholeBlocksAndEndsWithTwoOfZeros() throws IOException {
    byte[] bytes = written(archive(FileTree.of(List.of(TreeFile.text("f", 0644, "x")))));
    assertThat(bytes.length % 512).isZero();
    // Two entries, each a header and a block of content.
    assertThat(Arrays.copyOfRange(bytes, 4 * 512, 6 * 512)).containsOnly(0);
  }

  @Test
  @DisplayName("D19 a size that does not fit into the octal digits is written as GNU tar does")
  void d19ALongFileIsWrittenAsGnuTarDoes() throws IOException {
    long size = 9L << 30;
    Path source = temp.resolve("f");
    try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
      file.setLength(size);
    }
    TreeArchive archive = archive(file(size, source));
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            begun.write(one);
            if (begun.size() > 3 * 512) {
              throw new IOException("enough");
            }
          }
        };
    assertThatThrownBy(() -> archive.writeTo(full)).hasMessageContaining("enough");
    byte[] header = Arrays.copyOfRange(begun.toByteArray(), 2 * 512, 3 * 512);
    assertThat(new String(header, 0, 3, UTF_8)).isEqualTo("0/f");
    assertThat(header[124]).as("base 256").isEqualTo((byte) 0x80);
    assertThat(new BigInteger(1, Arrays.copyOfRange(header, 125, 136))).isEqualTo(size);
  }

  @Test
  void digestsAndBytesAreKnownWhenAFileWasSent() throws IOException {
    Files.writeString(temp.resolve("a"), "x".repeat(200_000));
    Files.writeString(temp.resolve("b"), "");
    FileTree tree = FileTree.scan(temp, path -> true);
    String digest = TreeFile.file("a", 0, 200_000, temp.resolve("a")).sha256();
    assertThat(tree.columns().knownDigest(0)).isNull();
    meter.start(200_000, 2);
    byte[] bytes = written(archive(tree));
    assertThat(new String(bytes, UTF_8)).contains("x".repeat(200_000));
    assertThat(tree.columns().knownDigest(0)).isEqualTo(digest);
    assertThat(tree.columns().knownDigest(1)).isEqualTo(TreeFile.text("x", 0, "").sha256());
    assertThat(sent.fault()).isEmpty();
    TransferMeterTest.awaitNews(meter, heard);
    assertThat(heard).last().extracting(TransferProgress::bytes).isEqualTo(200_000L);
  }

  @Test
  void anEntryThatWasGivenLearnsItsDigestToo() throws IOException {
    Path source = Files.writeString(temp.resolve("f"), "abc");
    TreeFile file = TreeFile.file("f", 0644, 3, source);
    written(archive(FileTree.of(List.of(file))));
    assertThat(file.knownDigest()).isEqualTo(TreeFile.text("f", 0, "abc").sha256());
  }

  @Test
  @DisplayName("D9 a source that is deleted while it is sent was changed")
  void d9ASourceThatIsDeletedMeanwhile() throws IOException {
    Path source = Files.writeString(temp.resolve("f"), "abc");
    TreeArchive archive = archive(FileTree.scan(temp, path -> true));
    assertThatThrownBy(
            () ->
                archive.writeTo(
                    new OutputStream() {
                      @Override
                      public void write(int one) throws IOException {
                        Files.deleteIfExists(source);
                      }
                    }))
        .hasMessageContaining("the source of f ");
    assertThat(sent.fault()).isPresent();
  }

  private void assertRefused(FileTree tree, String why) {
    String message = "the source of f " + why + "; nothing of the tree was put in place";
    assertThatThrownBy(() -> written(archive(tree)))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
    assertThat(sent.fault()).hasValue(message);
  }

  private static FileTree file(long size, Path source) {
    return FileTree.of(List.of(TreeFile.file("f", 0644, size, source)));
  }

  @Test
  @DisplayName("D9 a source that is not what the tree says breaks the stream, and it is said how")
  void d9ASourceThatIsNotWhatTheTreeSays() throws IOException {
    Path source = Files.writeString(temp.resolve("f"), "content");
    assertRefused(file(9, source), "is 2 bytes shorter than the 9 it had");
    assertRefused(file(5, source), "has grown beyond the 5 bytes it had");
    assertRefused(file(0, source), "has grown beyond the 0 bytes it had");
    Path gone = temp.resolve("gone");
    assertRefused(file(1, gone), "cannot be read: " + gone);
    assertRefused(file(1, temp), "cannot be read: Is a directory");
    FileTree scanned = FileTree.scan(temp, path -> true);
    Files.setLastModifiedTime(source, FileTime.fromMillis(5));
    assertRefused(scanned, "was changed while it was sent");
  }

  @Test
  @DisplayName("D9 a file that does not have the digest that was known before is found")
  void d9ALieIsFound() throws IOException {
    Path source = Files.writeString(temp.resolve("f"), "abc");
    String abc = TreeFile.text("f", 0, "abc").sha256();
    TreeFile file = TreeFile.file("f", 0644, 3, source);
    FileTree tree =
        FileTree.of(
            List.of(
                file.withSha256("00".repeat(32)),
                TreeFile.link("l", "f"),
                TreeFile.file("right", 0644, 3, source).withSha256(abc),
                TreeFile.file("x", 0644, 3, temp.resolve("x")).withSha256(abc)));
    assertThat(steps(tree).stream().flatMap(SentFiles::lie))
        .containsExactly(
            "the source of f has SHA-256 "
                + abc
                + " instead of "
                + "00".repeat(32)
                + "; nothing of the tree was put in place",
            "the source of x cannot be read: "
                + temp.resolve("x")
                + "; nothing of the tree was put in place");
    // What was known is sent on: the host compares.
    written(archive(FileTree.of(List.of(file.withSha256("00".repeat(32))))));
    assertThat(sent.fault()).isEmpty();
  }
}

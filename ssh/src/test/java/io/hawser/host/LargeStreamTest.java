package io.hawser.host;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes in which a long file goes to a host, without a host. */
class LargeStreamTest {
  private static final int MIB = 1 << 20;
  private static final int PIECE = LargeFile.PIECE;

  @TempDir private Path temp;
  private final List<TransferProgress> heard = new ArrayList<>();
  private final TransferMeter meter = new TransferMeter(heard::add, "10.0.0.1", "/srv");
  private final SentFiles sent = new SentFiles(meter::bytes);

  /** A file of zeros with ones at these places. */
  private TreeStep step(long size, long... ones) throws IOException {
    Path directory = Files.createDirectories(temp.resolve("source"));
    Path source = directory.resolve("f");
    Files.deleteIfExists(source);
    try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
      file.setLength(size);
      for (long one : ones) {
        file.seek(one);
        file.write(1);
      }
    }
    FileTree tree = FileTree.scan(directory, path -> true);
    return new TreeDelta(tree).steps().next();
  }

  private byte[] stream(TreeStep step, long offset) throws IOException {
    boolean[] flushed = {false};
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushed[0] = true;
          }
        };
    new LargeFile(step, sent, meter::bytes, offset).writeTo(out);
    assertThat(flushed[0]).as("flushed in the end").isTrue();
    return out.toByteArray();
  }

  /** The lines of a stream; of the bytes in between only where ones are. */
  private static List<String> frames(byte[] stream) {
    List<String> frames = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int end = at;
      while (stream[end] != '\n') {
        end++;
      }
      String line = new String(stream, at, end - at, US_ASCII);
      at = end + 1;
      if (line.startsWith("d ")) {
        int length = Integer.parseInt(line.substring(2));
        for (int i = 0; i < length; i++) {
          if (stream[at + i] != 0) {
            line += " " + i;
          }
        }
        at += length;
      }
      frames.add(line);
    }
    return frames;
  }

  @Test
  void blocksOfZerosAreNotSent() throws IOException {
    long size = 2L * PIECE + MIB + 7;
    TreeStep step = step(size, 3L * MIB + 5, PIECE + 2L * MIB);
    meter.start(size, 1);
    byte[] stream = stream(step, 0);
    // From the first block that holds something the piece is sent to its end.
    assertThat(frames(stream))
        .containsExactly(
            "z " + 3L * MIB,
            "d " + (PIECE - 3L * MIB) + " 5",
            "z " + 2L * MIB,
            "d " + (PIECE - 2L * MIB) + " 0",
            "z " + (MIB + 7));
    assertThat(step.tree().knownDigest(0)).isEqualTo(step.file().sha256());
    TransferMeterTest.awaitNews(meter, heard);
    assertThat(heard).last().extracting(TransferProgress::bytes).isEqualTo(size);
  }

  @Test
  void onlyWhatTheHostLacksIsSent() throws IOException {
    TreeStep step = step(PIECE + 2L * MIB, 5, PIECE + MIB + 9, PIECE + 2L * MIB - 1);
    meter.start(PIECE + 2L * MIB, 1);
    assertThat(frames(stream(step, PIECE)))
        .containsExactly("z " + MIB, "d " + MIB + " 9 " + (MIB - 1));
    assertThat(step.tree().knownDigest(0)).as("all is digested").isEqualTo(step.file().sha256());
    TransferMeterTest.awaitNews(meter, heard);
    assertThat(heard).last().extracting(TransferProgress::bytes).isEqualTo(2L * MIB);
  }

  @Test
  void aLastBlockThatIsShortIsSentAsItIs() throws IOException {
    assertThat(frames(stream(step(MIB + 3, MIB + 2), 0))).containsExactly("z " + MIB, "d 3 2");
    assertThat(frames(stream(step(3), 0))).containsExactly("z 3");
  }

  @Test
  void aFileThatGrewOrShrankBreaksTheStream() throws IOException {
    TreeStep step = step(2L * MIB, 5);
    Files.write(temp.resolve("source/f"), new byte[MIB]);
    assertThatThrownBy(() -> stream(step, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is " + MIB + " bytes shorter than the " + 2 * MIB + " it had");
    Files.write(temp.resolve("source/f"), new byte[3 * MIB]);
    assertThatThrownBy(() -> stream(step, 0)).hasMessageContaining("has grown beyond");
  }

  private static String sha(byte... bytes) {
    return Hashing.sha256().hashBytes(Arrays.copyOf(bytes, PIECE)).toString();
  }

  @Test
  void whatTheHostHasIsRightAsFarAsItsPiecesAre() throws IOException {
    TreeFile file = step(2L * PIECE + 9, 0, PIECE).file();
    String right = sha((byte) 1);
    String wrong = sha((byte) 2);
    assertThat(LargeFile.verified(file, List.of())).isZero();
    assertThat(LargeFile.verified(file, List.of(right))).isEqualTo(PIECE);
    assertThat(LargeFile.verified(file, List.of(wrong, right))).isZero();
    assertThat(LargeFile.verified(file, List.of(right, wrong))).isEqualTo(PIECE);
    assertThat(LargeFile.verified(file, List.of(right, right, right)))
        .as("the source has no third whole piece")
        .isEqualTo(2L * PIECE);
  }
}

package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SpillQueueTest {
  private final SpillQueue queue = new SpillQueue();

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void piecesComeInOrderWithTheirStreamAndThenTheEnd() throws Exception {
    put("a", false);
    put("", true);
    put("b", true);
    queue.end();
    assertThat(take()).isEqualTo("out a");
    assertThat(take()).isEqualTo("err b");
    assertThat(take()).isEqualTo("end");
    assertThat(take()).isEqualTo("end");
  }

  @Test
  void whatIsTooFarBehindGoesThroughAFileInOrder() throws Exception {
    byte[] block = new byte[1 << 20];
    for (int i = 0; i < 12; i++) {
      block[0] = (byte) i;
      queue.put(block, 0, block.length, i % 2 == 1);
    }
    assertThat(spilled()).as("it has no name any more").isEmpty();
    for (int i = 0; i < 12; i++) {
      SpillQueue.Piece piece = queue.take();
      assertThat(piece).isNotNull();
      assertThat(piece.bytes).hasSize(1 << 20).startsWith(i);
      assertThat(piece.error).isEqualTo(i % 2 == 1);
    }
    put("later", false);
    assertThat(take()).isEqualTo("out later");
  }

  @Test
  void nothingIsLostOrMixedWhileOneWritesAndOneReads() throws Exception {
    int count = 3000;
    Thread writer =
        new Thread(
            () -> {
              Random random = new Random(7);
              for (int i = 0; i < count; i++) {
                put(i + ":" + "x".repeat(random.nextInt(20_000)), i % 3 == 0);
              }
              queue.end();
            });
    writer.start();
    Random random = new Random(7);
    for (int i = 0; i < count; i++) {
      String expected =
          (i % 3 == 0 ? "err " : "out ") + i + ":" + "x".repeat(random.nextInt(20_000));
      assertThat(take()).isEqualTo(expected);
      if (i % 500 == 0) {
        Thread.sleep(5); // falls behind
      }
    }
    assertThat(take()).isEqualTo("end");
    writer.join();
  }

  @Test
  void aClosedQueueGivesAndTakesNothing() throws Exception {
    put("a", false);
    queue.close();
    put("b", false);
    assertThat(take()).isEqualTo("end");
  }

  @Test
  void closingWakesWhoWaits() throws Exception {
    List<String> taken = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                taken.add(take());
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    reader.start();
    while (reader.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    queue.close();
    reader.join();
    assertThat(taken).containsExactly("end");
  }

  private void put(String text, boolean error) {
    byte[] bytes = ("#" + text + "#").getBytes(UTF_8);
    queue.put(bytes, 1, bytes.length - 2, error);
  }

  private String take() throws InterruptedException {
    SpillQueue.Piece piece = queue.take();
    return piece == null ? "end" : (piece.error ? "err " : "out ") + new String(piece.bytes, UTF_8);
  }

  private static List<Path> spilled() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("hawser-output-"))
          .toList();
    }
  }
}

package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OutputQueueTest {
  private final OutputQueue queue = new OutputQueue();

  @Test
  void outputThatComesWithTheMarkerIsNotLost() throws Exception {
    OutputSink sink = new OutputSink("MARK", false, true, queue, 100);
    byte[] both = "noise MARK:1\nout\n".getBytes(UTF_8);
    sink.write(both, 0, both.length);

    queue.awaitWake(50);

    OutputQueue.Piece piece = queue.next(50);
    assertThat(piece).isNotNull();
    assertThat(new String(piece.bytes, UTF_8)).isEqualTo("out\n");
    assertThat(sink.text()).isEqualTo("out\n");
    assertThat(sink.noise()).isEqualTo("noise ");
  }

  @Test
  void aMarkerInPiecesIsFoundBehindMuchNoise() {
    OutputSink sink = new OutputSink("MARK", false, true, queue, 100);
    for (byte b : ("x".repeat(200_000) + "MA").getBytes(UTF_8)) {
      sink.write(b);
    }
    sink.write("RK:7".getBytes(UTF_8), 0, 4);
    assertThat(sink.begun()).isFalse();
    sink.write('\n');
    assertThat(sink.begun()).isTrue();
    assertThat(sink.markerLine()).isEqualTo("MARK:7");
  }

  @Test
  void aFullQueueLetsGoOfItsWriterWhenAbandoned() throws Exception {
    byte[] block = new byte[1 << 20];
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 8; i++) {
                queue.put(block, 0, block.length, false);
              }
            });
    writer.start();
    writer.join(300);
    assertThat(writer.isAlive()).isTrue();
    queue.abandon();
    writer.join(5000);
    assertThat(writer.isAlive()).isFalse();
    assertThat(queue.poll()).isNull();
  }
}

package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class OutputSinkTest {
  private final Workers workers = new Workers();
  private final Wake wake = new Wake();
  private final List<String> lines = new ArrayList<>();
  private final Delivery delivery = new Delivery((line, error) -> lines.add(line), workers);
  private final OutputSink sink = new OutputSink("MARK", false, wake, delivery, 100);

  @AfterEach
  void stop() {
    delivery.abandon();
    workers.close();
  }

  @Test
  void outputThatComesWithTheMarkerIsNotLost() throws Exception {
    write("noise MARK:1\nout\n");

    wake.await(60_000);
    delivery.finish();
    assertThat(lines).containsExactly("out");
    assertThat(text()).isEqualTo("out\n");
    assertThat(sink.noise()).isEqualTo("noise ");
    assertThat(sink.markerLine()).isEqualTo("MARK:1");
  }

  @Test
  void aMarkerInPiecesIsFoundBehindMuchNoise() {
    for (byte b : ("x".repeat(200_000) + "MA").getBytes(UTF_8)) {
      sink.write(b);
    }
    write("RK:7");
    assertThat(sink.begun()).isFalse();
    assertThat(sink.markerLine()).isEmpty();
    sink.write('\n');
    assertThat(sink.begun()).isTrue();
    assertThat(sink.markerLine()).isEqualTo("MARK:7");
    assertThat(sink.noise().length()).isBetween(32 * 1024, 64 * 1024);
  }

  @Test
  void theLineOfTheMarkerMustBeWholeAndLinesBeforeItAreNoise() {
    write("MARQ\nmark:1\nMAR\nK:2\n");
    assertThat(sink.begun()).isFalse();
    assertThat(sink.noise()).isEqualTo("MARQ\nmark:1\nMAR\nK:2\n");
    write("a\nb MARK:3\nMARK:4\n");
    assertThat(sink.markerLine()).isEqualTo("MARK:3");
    assertThat(text()).isEqualTo("MARK:4\n");
    assertThat(sink.noise()).isEqualTo("MARQ\nmark:1\nMAR\nK:2\na\nb ");
  }

  @Test
  void whenAnythingCameLastIsKnown() {
    long before = System.nanoTime();
    write("MARK:3\n");
    long first = sink.heardAt();
    assertThat(first - before).isNotNegative();
    write("x");
    assertThat(sink.heardAt() - first).isNotNegative();
    assertThat(System.nanoTime() - sink.heardAt()).isLessThan(TimeUnit.SECONDS.toNanos(20));
  }

  @Test
  void theEndOfTheStreamWakesWhoWaits() throws Exception {
    sink.close();
    wake.await(60_000);
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    sink.write(bytes, 0, bytes.length);
  }

  private String text() {
    return new String(sink.bytes(), UTF_8);
  }
}

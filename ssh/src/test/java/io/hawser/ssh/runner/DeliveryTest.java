package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeliveryTest {
  private final Workers workers = new Workers();
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    workers.close();
  }

  @Test
  void theListenerHearsBothStreamsAndTheirLastLines() throws Exception {
    Delivery delivery = new Delivery((line, error) -> lines.add(line + error), workers);
    put(delivery, "a\nb", false);
    put(delivery, "c", true);
    delivery.finish();
    assertThat(lines).containsExactly("afalse", "bfalse", "ctrue");
  }

  @Test
  @DisplayName("F16 the writer never waits for the listener")
  void theWriterNeverWaitsForTheListener() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    Delivery delivery =
        new Delivery(
            (line, error) -> {
              try {
                gate.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              lines.add(line);
            },
            workers);
    for (int i = 0; i < 200; i++) {
      put(delivery, "x".repeat(59_999) + "\n", false);
    }
    assertThat(lines).isEmpty();
    gate.countDown();
    delivery.finish();
    assertThat(lines).hasSize(200);
  }

  @Test
  @DisplayName("F16 a listener that throws hears the next line, also after an Error")
  void aListenerThatThrowsHearsTheNextLine() throws Exception {
    Delivery delivery =
        new Delivery(
            (line, error) -> {
              lines.add(line);
              throw new AssertionError("of the listener");
            },
            workers);
    put(delivery, "a\nb\n", false);
    delivery.finish();
    assertThat(lines).containsExactly("a", "b");
  }

  @Test
  void anAbandonedListenerIsInterruptedAndHearsNoMore() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Delivery delivery =
        new Delivery(
            (line, error) -> {
              lines.add(line);
              blocked.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            },
            workers);
    put(delivery, "a\n", false);
    blocked.await();
    delivery.abandon();
    interrupted.await();
    put(delivery, "b\n", false);
    assertThat(lines).containsExactly("a");
  }

  private static void put(Delivery delivery, String text, boolean error) {
    byte[] bytes = text.getBytes(UTF_8);
    delivery.put(bytes, 0, bytes.length, error);
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.hawser.CancelledException;
import io.hawser.ssh.Input;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private final Uploads one = Uploads.atMost(1);
  private final List<String> order = new ArrayList<>();

  private static void write(Input input) {
    try {
      input.writeTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTurnEndsWhenTheInputIsWrittenNotWhenTheHostHasAnswered() throws InterruptedException {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Thread first =
        new Thread(
            () ->
                one.inTurn(
                    stream -> order.add("first written"),
                    input -> {
                      write(input);
                      written.countDown();
                      assertThat(
                              Uninterruptibles.awaitUninterruptibly(answered, 30, TimeUnit.SECONDS))
                          .isTrue();
                    }));
    first.start();
    assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
    one.inTurn(stream -> order.add("second written"), UploadsTest::write);
    answered.countDown();
    first.join(30_000);
    assertThat(order).containsExactly("first written", "second written");
    // The turn was given back once, not twice.
    one.inTurn(
        stream -> {}, input -> assertThatThrownBy(this::interrupted).hasMessageContaining("turn"));
  }

  private void interrupted() {
    Thread.currentThread().interrupt();
    try {
      one.inTurn(stream -> {}, UploadsTest::write);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aTurnEndsWithWorkThatFails() {
    Input broken =
        stream -> {
          throw new IOException("broken");
        };
    assertThatThrownBy(() -> one.inTurn(broken, UploadsTest::write)).hasMessageContaining("broken");
    one.inTurn(stream -> order.add("next"), UploadsTest::write);
    assertThat(order).containsExactly("next");
  }

  @Test
  void whoWaitsForATurnMayBeInterrupted() {
    one.inTurn(
        stream -> {},
        input -> assertThatThrownBy(this::interrupted).isInstanceOf(CancelledException.class));
  }
}

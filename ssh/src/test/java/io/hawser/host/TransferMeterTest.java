package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransferMeterTest {
  private final List<TransferProgress> heard = new ArrayList<>();
  private final TransferMeter meter = new TransferMeter(heard::add, "10.0.0.1", "/srv");

  private static TransferProgress now(long bytes, long files) {
    return new TransferProgress("10.0.0.1", "/srv", bytes, 100, files, 3);
  }

  /** Counts nothing until the listener is told of it: that is every 100 ms. */
  static void awaitNews(TransferMeter meter, List<TransferProgress> heard) {
    int told = heard.size();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (heard.size() == told) {
      assertThat(System.nanoTime()).as("told within five seconds").isLessThan(end);
      meter.bytes(0);
      meter.files(0);
    }
  }

  @Test
  void theBeginningAndTheEndAreAlwaysTold() {
    meter.start(100, 3);
    assertThat(heard).containsExactly(now(0, 0));
    meter.bytes(10);
    meter.files(1);
    meter.end();
    assertThat(heard).last().isEqualTo(now(100, 3));
  }

  @Test
  void inBetweenItIsToldNowAndThenOnly() {
    long began = System.nanoTime();
    meter.start(100, 3);
    awaitNews(meter, heard);
    awaitNews(meter, heard);
    long took = System.nanoTime() - began;
    assertThat(took).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
  }

  @Test
  void whatIsSentAgainDoesNotCountAgain() {
    meter.start(100, 3);
    meter.bytes(90);
    meter.bytes(90);
    awaitNews(meter, heard);
    assertThat(heard).last().isEqualTo(now(100, 0));
    meter.files(2);
    awaitNews(meter, heard);
    assertThat(heard).last().isEqualTo(now(100, 2));
  }

  @Test
  void aListenerThatFailsStopsNoTransfer() {
    List<TransferProgress> all = new ArrayList<>();
    TransferMeter deaf =
        new TransferMeter(
            progress -> {
              all.add(progress);
              throw new IllegalStateException("the window is closed");
            },
            "10.0.0.1",
            "/srv");
    deaf.start(100, 3);
    deaf.end();
    assertThat(all).containsExactly(now(0, 0), now(100, 3));
  }

  @Test
  void whatComesOnTwoStreamsAtTheSameTimeIsOneTransfer() {
    long second = TimeUnit.SECONDS.toNanos(1);
    meter.came("10.0.0.2", 70, 5 * second, 6 * second);
    meter.came(Transfer.CONTROLLER, 10, 3 * second, 5 * second);
    meter.came(Transfer.CONTROLLER, 0, 0, 9 * second);
    meter.came(Transfer.CONTROLLER, 20, 2 * second, 4 * second);
    assertThat(meter.transfers())
        .containsExactly(
            new Transfer("10.0.0.2", "10.0.0.1", 70, Duration.ofSeconds(1), "/srv"),
            new Transfer(Transfer.CONTROLLER, "10.0.0.1", 30, Duration.ofSeconds(3), "/srv"));
  }
}

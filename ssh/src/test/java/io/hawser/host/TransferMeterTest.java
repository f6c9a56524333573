package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferMeterTest {
  private final List<TransferProgress> heard = new ArrayList<>();
  private final TransferMeter meter = new TransferMeter(heard::add, "10.0.0.1", "/srv");

  private static TransferProgress now(long bytes, long files) {
    return new TransferProgress("10.0.0.1", "/srv", bytes, 100, files, 3);
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
    meter.start(100, 3);
    long began = System.nanoTime();
    while (heard.size() < 3) {
      meter.bytes(0);
    }
    long took = System.nanoTime() - began;
    assertThat(took)
        .as("two times 100 ms, the first of which began a bit before")
        .isGreaterThan(190_000_000L);
  }

  @Test
  void whatIsSentAgainDoesNotCountAgain() {
    meter.start(100, 3);
    meter.bytes(90);
    meter.bytes(90);
    while (heard.size() < 2) {
      meter.files(0);
    }
    assertThat(heard).last().isEqualTo(now(100, 0));
    meter.files(2);
    while (heard.size() < 3) {
      meter.bytes(1);
    }
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
}

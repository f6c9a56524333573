package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CipherWarmupTest {
  @Test
  void onceAndOnlyForMuch() throws Exception {
    CipherWarmup warmup = new CipherWarmup();
    assertThat(warmup.begin(CipherWarmup.WORTH_BYTES - 1)).isFalse();
    assertThat(warmup.begin(CipherWarmup.WORTH_BYTES)).isTrue();
    Optional<Thread> thread = running();
    assertThat(warmup.begin(CipherWarmup.WORTH_BYTES)).isFalse();
    if (thread.isPresent()) {
      assertThat(thread.get().isDaemon()).as("keeps no JVM alive").isTrue();
      thread.get().join(20_000);
    }
    assertThat(running()).as("it ends by itself").isEmpty();
  }

  private static Optional<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(CipherWarmup.THREAD))
        .findFirst();
  }
}

package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureTest {
  @Test
  void whatFitsIsKeptWhole() {
    assertThat(captured(10, "12345", "67890")).isEqualTo("1234567890");
    assertThat(captured(10)).isEmpty();
  }

  @Test
  void ofMoreTheHeadAndTheTailAreKeptWithALineBetween() {
    assertThat(captured(10, "12345", "6", "7890a", "bc"))
        .isEqualTo("12345\n[Hawser: 3 bytes left out here]\n90abc");
  }

  @Test
  void noPieceIsTooLargeOrTooSmall() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      int limit = random.nextInt(40);
      StringBuilder all = new StringBuilder();
      List<String> pieces = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        String piece = "abcdefghijklmnopqrstuvwxyz0123456789".substring(random.nextInt(36));
        pieces.add(piece);
        all.append(piece);
      }
      int head = Math.min(all.length(), limit - limit / 2);
      int tail = Math.min(all.length() - head, limit / 2);
      int dropped = all.length() - head - tail;
      String expected =
          all.substring(0, head)
              + (dropped == 0 ? "" : "\n[Hawser: " + dropped + " bytes left out here]\n")
              + all.substring(all.length() - tail);
      assertThat(captured(limit, pieces.toArray(String[]::new))).isEqualTo(expected);
    }
  }

  private static String captured(int limit, String... pieces) {
    Capture capture = new Capture(limit);
    for (String piece : pieces) {
      byte[] bytes = ("#" + piece).getBytes(UTF_8);
      capture.add(bytes, 1, bytes.length - 1);
    }
    return new String(capture.bytes(), UTF_8);
  }
}

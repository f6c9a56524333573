package io.hawser.host;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** A journal with right sums, whatever stands in it. */
final class JournalText {
  private JournalText() {}

  static String of(List<String> lines) {
    StringBuilder text = new StringBuilder("hawser-journal 1\n");
    for (String line : lines) {
      text.append(line);
      long sum = sum(text.toString());
      text.append(' ').append(sum).append('\n');
    }
    return text.toString();
  }

  /** As the program cksum of POSIX. */
  private static long sum(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int crc = 0;
    for (byte each : bytes) {
      crc = add(crc, each & 0xff);
    }
    for (long length = bytes.length; length > 0; length >>= 8) {
      crc = add(crc, (int) (length & 0xff));
    }
    return ~crc & 0xffffffffL;
  }

  private static int add(int crc, int value) {
    int sum = crc ^ value << 24;
    for (int bit = 0; bit < 8; bit++) {
      sum = sum < 0 ? sum << 1 ^ 0x04C11DB7 : sum << 1;
    }
    return sum;
  }
}

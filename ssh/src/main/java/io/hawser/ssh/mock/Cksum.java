package io.hawser.ssh.mock;

import java.nio.charset.StandardCharsets;

/** The checksum that the POSIX program {@code cksum} prints, of text that grows. */
final class Cksum {
  private static final int POLYNOMIAL = 0x04C11DB7;

  private int crc;
  private long length;

  Cksum add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte each : bytes) {
      crc = next(crc, each & 0xff);
    }
    length += bytes.length;
    return this;
  }

  /** The checksum of all that was added. */
  long value() {
    int sum = crc;
    // The length follows, lowest byte first, without leading zeros.
    for (long rest = length; rest != 0; rest >>>= 8) {
      sum = next(sum, (int) (rest & 0xff));
    }
    return ~sum & 0xffffffffL;
  }

  private static int next(int crc, int value) {
    int mixed = crc ^ (value << 24);
    for (int bit = 0; bit < 8; bit++) {
      mixed = (mixed << 1) ^ (mixed < 0 ? POLYNOMIAL : 0);
    }
    return mixed;
  }
}

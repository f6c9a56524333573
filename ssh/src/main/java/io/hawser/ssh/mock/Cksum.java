package io.hawser.ssh.mock;

import java.nio.charset.StandardCharsets;

/** The checksum that the POSIX program {@code cksum} prints. */
final class Cksum {
  private static final int POLYNOMIAL = 0x04C11DB7;

  private Cksum() {}

  /** The checksum of a line with its line end. */
  static long ofLine(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    int crc = 0;
    for (byte each : bytes) {
      crc = next(crc, each & 0xff);
    }
    // The length follows, lowest byte first, without leading zeros.
    for (int length = bytes.length; length != 0; length >>>= 8) {
      crc = next(crc, length & 0xff);
    }
    return ~crc & 0xffffffffL;
  }

  private static int next(int crc, int value) {
    int mixed = crc ^ (value << 24);
    for (int bit = 0; bit < 8; bit++) {
      mixed = (mixed << 1) ^ ((mixed & 0x80000000) == 0 ? 0 : POLYNOMIAL);
    }
    return mixed;
  }
}

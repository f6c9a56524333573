package io.hawser.ssh.hostkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Public keys that look real; nobody has their private halves. */
final class TestKeys {
  private TestKeys() {}

  static byte[] ed25519(int number) {
    byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) number);
    return ByteBuffer.allocate(8 + type.length + key.length)
        .putInt(type.length)
        .put(type)
        .putInt(key.length)
        .put(key)
        .array();
  }

  /** Type and key as in a known_hosts file. */
  static String line(int number) {
    return "ssh-ed25519 " + Base64.getEncoder().encodeToString(ed25519(number));
  }
}

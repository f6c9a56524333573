package io.hawser.ssh.hostkey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Public keys that look real; nobody has their private halves. */
final class TestKeys {
  private TestKeys() {}

  static PublicKeyBlob ed25519(int number) {
    byte[] type = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) number);
    byte[] blob =
        ByteBuffer.allocate(8 + type.length + key.length)
            .putInt(type.length)
            .put(type)
            .putInt(key.length)
            .put(key)
            .array();
    return PublicKeyBlob.of(blob).orElseThrow();
  }

  /** Type and key as in a known_hosts file. */
  static String line(int number) {
    return ed25519(number).line();
  }
}

package io.hawser.ssh.hostkey;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Public keys that look real; nobody has their private halves. */
final class TestKeys {
  private TestKeys() {}

  static PublicKeyBlob ed25519(int number) {
    return PublicKeyBlob.of(blob("ssh-ed25519", bytes(32, number))).orElseThrow();
  }

  static PublicKeyBlob rsa(int bits) {
    byte[] modulus = bytes(bits / 8 + 1, 0xff);
    modulus[0] = 0; // the sign
    return PublicKeyBlob.of(blob("ssh-rsa", new byte[] {1, 0, 1}, modulus)).orElseThrow();
  }

  /** A certificate's bytes, of which only the beginning means something here. */
  static byte[] certificateOfEd25519(int number) {
    byte[] nonce = bytes(32, 9);
    return blob("ssh-ed25519-cert-v01@openssh.com", nonce, bytes(32, number), bytes(60, 0));
  }

  /** A blob of a type and fields. */
  static byte[] blob(String type, byte[]... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    add(out, type.getBytes(StandardCharsets.US_ASCII));
    for (byte[] field : fields) {
      add(out, field);
    }
    return out.toByteArray();
  }

  private static void add(ByteArrayOutputStream out, byte[] field) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
    out.writeBytes(field);
  }

  static byte[] bytes(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  /** Type and key as in a known_hosts file. */
  static String line(int number) {
    return ed25519(number).line();
  }
}

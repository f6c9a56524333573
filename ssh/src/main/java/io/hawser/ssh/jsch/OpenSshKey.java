package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes private keys as OpenSSH does, not encrypted (PROTOCOL.key of OpenSSH).
 *
 * <p>With one difference: the secret half of an ECDSA key has zero bytes in front, up to the length
 * of its curve. JSch takes the curve from that length, so of nistp384 one key in 512, whose secret
 * half begins with a zero byte, could sign nothing.
 */
final class OpenSshKey {
  private OpenSshKey() {}

  /** An ECDSA key of that curve, for example {@code nistp384}; the half is its point. */
  static byte[] ecdsa(String curve, byte[] half, BigInteger secret) {
    byte[] type = ascii("ecdsa-sha2-" + curve);
    byte[] number = secret.toByteArray();
    byte[] whole = new byte[(half.length - 1) / 2 + 1];
    System.arraycopy(number, 0, whole, whole.length - number.length, number.length);
    return file(fields(type, ascii(curve), half), fields(type, ascii(curve), half, whole));
  }

  /**
   * The same key with a secret half of full length, if it is an ECDSA key whose half is shorter.
   *
   * @param pair a key that is not encrypted any more
   */
  static Optional<byte[]> lengthened(KeyPair pair) {
    byte @Nullable [] open = pair.getPublicKeyBlob();
    if (pair.getKeyType() != KeyPair.ECDSA || open == null) {
      return Optional.empty();
    }
    try {
      ByteBuffer known = ByteBuffer.wrap(open);
      field(known); // the type
      String curve = new String(field(known), US_ASCII);
      byte[] half = field(known);
      ByteBuffer all = ByteBuffer.wrap(pair.forSSHAgent());
      for (int i = 0; i < 3; i++) {
        field(all); // type, curve and point
      }
      byte[] secret = field(all);
      return secret.length < (half.length - 1) / 2
          ? Optional.of(ecdsa(curve, half, new BigInteger(1, secret)))
          : Optional.empty();
    } catch (JSchException | BufferUnderflowException | NegativeArraySizeException e) {
      return Optional.empty(); // what is wrong with it is said by who uses it
    }
  }

  private static byte[] field(ByteBuffer in) {
    byte[] field = new byte[Math.min(in.getInt(), in.remaining())];
    in.get(field);
    return field;
  }

  /** A file with a key of these public and secret fields. */
  static byte[] file(byte[] open, byte[] secret) {
    ByteArrayOutputStream inner = new ByteArrayOutputStream();
    inner.writeBytes(new byte[8]); // two equal numbers, by which a passphrase would be checked
    inner.writeBytes(secret);
    inner.writeBytes(fields(new byte[0])); // no comment
    for (byte i = 1; inner.size() % 8 != 0; i++) {
      inner.write(i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("openssh-key-v1\0"));
    out.writeBytes(fields(ascii("none"), ascii("none"), new byte[0]));
    out.writeBytes(new byte[] {0, 0, 0, 1});
    out.writeBytes(fields(open, inner.toByteArray()));
    String text = Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(out.toByteArray());
    return ascii(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n" + text + "\n-----END OPENSSH PRIVATE KEY-----\n");
  }

  /** Each with its length before it. */
  static byte[] fields(byte[]... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
      out.writeBytes(field);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}

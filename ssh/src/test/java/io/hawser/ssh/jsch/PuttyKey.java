package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Writes a nistp256 key as PuTTY does. */
final class PuttyKey {
  private static final String TYPE = "ecdsa-sha2-nistp256";

  private PuttyKey() {}

  /** The file's text, encrypted if there is a passphrase; version 3 only without. */
  static String text(KeyPair pair, int version, String passphrase) throws Exception {
    String encryption = passphrase.isEmpty() ? "none" : "aes256-cbc";
    byte[] open = publicBlob((ECPublicKey) pair.getPublic());
    byte[] secret = fields(((ECPrivateKey) pair.getPrivate()).getS().toByteArray());
    if (!passphrase.isEmpty()) {
      int padded = (secret.length + 15) / 16 * 16;
      byte[] filler = sha1(secret);
      int length = secret.length;
      secret = Arrays.copyOf(secret, padded);
      System.arraycopy(filler, 0, secret, length, padded - length);
    }
    byte[] covered = fields(ascii(TYPE), ascii(encryption), ascii("me"), open, secret);
    return String.join(
        "\r\n",
        "PuTTY-User-Key-File-" + version + ": " + TYPE,
        "Encryption: " + encryption,
        "Comment: me",
        lines("Public", open),
        lines("Private", passphrase.isEmpty() ? secret : encrypted(secret, passphrase)),
        "Private-MAC: " + HexFormat.of().formatHex(mac(version, passphrase, covered)),
        "");
  }

  private static byte[] publicBlob(ECPublicKey key) {
    ByteBuffer point = ByteBuffer.allocate(65).put((byte) 4);
    point.put(unsigned(key.getW().getAffineX())).put(unsigned(key.getW().getAffineY()));
    return fields(ascii(TYPE), ascii("nistp256"), point.array());
  }

  private static byte[] unsigned(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, 32);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  private static String lines(String what, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\r', '\n'}).encodeToString(bytes);
    return what + "-Lines: " + text.lines().count() + "\r\n" + text;
  }

  private static byte[] encrypted(byte[] secret, String passphrase) throws Exception {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    for (byte i = 0; i < 2; i++) {
      key.writeBytes(sha1(concat(new byte[] {0, 0, 0, i}, ascii(passphrase))));
    }
    Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
    SecretKeySpec spec = new SecretKeySpec(Arrays.copyOf(key.toByteArray(), 32), "AES");
    aes.init(Cipher.ENCRYPT_MODE, spec, new IvParameterSpec(new byte[16]));
    return aes.doFinal(secret);
  }

  private static byte[] mac(int version, String passphrase, byte[] covered) throws Exception {
    byte[] key = sha1(ascii("putty-private-key-file-mac-key" + passphrase));
    String name = version == 2 ? "HmacSHA1" : "HmacSHA256";
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(version == 2 ? key : new byte[1], name));
    return mac.doFinal(covered);
  }

  private static byte[] sha1(byte[] bytes) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(bytes);
  }

  private static byte[] fields(byte[]... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      out.writeBytes(ByteBuffer.allocate(4).putInt(field.length).array());
      out.writeBytes(field);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}

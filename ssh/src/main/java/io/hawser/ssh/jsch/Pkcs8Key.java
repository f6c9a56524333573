package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.collect.ImmutableMap;
import io.hawser.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECPoint;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * EC and Ed25519 keys in PKCS#8, rewritten as OpenSSH would. JSch reads those of EC only when they
 * bring their public half, and those of Ed25519 only with Bouncy Castle.
 */
final class Pkcs8Key {
  private static final Map<Integer, String> CURVES =
      ImmutableMap.of(256, "nistp256", 384, "nistp384", 521, "nistp521");

  private Pkcs8Key() {}

  /**
   * The key in OpenSSH's format and not encrypted.
   *
   * @return empty if it is no such key, or is encrypted in a way that the JDK does not know or with
   *     another passphrase; JSch may know more
   */
  static Optional<byte[]> openSsh(String text, Optional<Secret> passphrase) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
      if (text.startsWith("-----BEGIN PRIVATE KEY-----")) {
        return rewrite(new PKCS8EncodedKeySpec(der));
      }
      if (text.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----") && passphrase.isPresent()) {
        return rewrite(decrypt(der, passphrase.get()));
      }
      return Optional.empty();
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] der, Secret passphrase)
      throws GeneralSecurityException, IOException {
    EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
    AlgorithmParameters parameters = info.getAlgParameters();
    String algorithm = parameters.toString(); // for PBES2 this is where the JDK says which
    PBEKeySpec word = new PBEKeySpec(passphrase.reveal().toCharArray());
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(word),
        parameters);
    return info.getKeySpec(cipher);
  }

  private static Optional<byte[]> rewrite(PKCS8EncodedKeySpec spec)
      throws GeneralSecurityException {
    for (String algorithm : List.of("EC", "Ed25519")) {
      try {
        return rewrite(KeyFactory.getInstance(algorithm).generatePrivate(spec));
      } catch (InvalidKeySpecException e) {
        // it is of another algorithm
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> rewrite(PrivateKey key) throws GeneralSecurityException {
    if (key instanceof EdECPrivateKey edwards && edwards.getBytes().isPresent()) {
      byte[] seed = edwards.getBytes().get();
      byte[] half = PublicHalf.ofEd25519(seed);
      byte[] type = ascii("ssh-ed25519");
      byte[] both = ByteBuffer.allocate(64).put(seed).put(half).array();
      return Optional.of(file(fields(type, half), fields(type, half, both)));
    }
    if (key instanceof ECPrivateKey ec && CURVES.containsKey(bits(ec))) {
      String curve = CURVES.get(bits(ec));
      byte[] type = ascii("ecdsa-sha2-" + curve);
      byte[] half = point(PublicHalf.of(ec), (bits(ec) + 7) / 8);
      byte[] open = fields(type, ascii(String.valueOf(curve)), half);
      byte[] secret = fields(type, ascii(String.valueOf(curve)), half, ec.getS().toByteArray());
      return Optional.of(file(open, secret));
    }
    return Optional.empty();
  }

  private static int bits(ECPrivateKey key) {
    return key.getParams().getCurve().getField().getFieldSize();
  }

  private static byte[] point(ECPoint point, int size) {
    return ByteBuffer.allocate(1 + 2 * size)
        .put((byte) 4)
        .put(fixed(point.getAffineX(), size))
        .put(fixed(point.getAffineY(), size))
        .array();
  }

  private static byte[] fixed(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[size];
    int length = Math.min(bytes.length, size);
    System.arraycopy(bytes, bytes.length - length, fixed, size - length, length);
    return fixed;
  }

  private static byte[] file(byte[] open, byte[] secret) {
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

  private static byte[] fields(byte[]... fields) {
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

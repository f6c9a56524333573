package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.collect.ImmutableMap;
import io.hawser.Secret;
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
      return Optional.of(
          OpenSshKey.file(OpenSshKey.fields(type, half), OpenSshKey.fields(type, half, both)));
    }
    if (key instanceof ECPrivateKey ec && CURVES.containsKey(bits(ec))) {
      String curve = CURVES.get(bits(ec));
      byte[] half = point(PublicHalf.of(ec), (bits(ec) + 7) / 8);
      return Optional.of(OpenSshKey.ecdsa(String.valueOf(curve), half, ec.getS()));
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

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}

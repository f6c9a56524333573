package io.hawser.ssh.hostkey;

import com.google.common.collect.ImmutableMap;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A public key, or a certificate, as SSH sends it. Immutable; equal when the bytes are. */
public final class PublicKeyBlob {
  /** RSA keys with fewer bits are trusted nowhere. */
  public static final int MIN_RSA_BITS = 2048;

  private static final String CERTIFICATE = "-cert-v01@openssh.com";

  /** How many fields follow the type. */
  private static final Map<String, Integer> FIELDS =
      ImmutableMap.<String, Integer>builder()
          .put("ssh-rsa", 2)
          .put("ssh-dss", 4)
          .put("ssh-ed25519", 1)
          .put("ecdsa-sha2-nistp256", 2)
          .put("ecdsa-sha2-nistp384", 2)
          .put("ecdsa-sha2-nistp521", 2)
          .put("sk-ssh-ed25519@openssh.com", 2)
          .put("sk-ecdsa-sha2-nistp256@openssh.com", 3)
          .buildOrThrow();

  private final String type;
  private final byte[] bytes;
  private final int rsaBits;

  private PublicKeyBlob(String type, byte[] bytes, int rsaBits) {
    this.type = type;
    this.bytes = bytes;
    this.rsaBits = rsaBits;
  }

  /** The key in these bytes; of a certificate the key that it certifies. Empty if it is neither. */
  public static Optional<PublicKeyBlob> of(byte[] bytes) {
    try {
      return parse(bytes);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key of a line {@code type base64 [comment]}, as in files named {@code *.pub}. */
  public static Optional<PublicKeyBlob> ofLine(String line) {
    String[] words = line.strip().split("[ \t]+", 3);
    if (words.length < 2) {
      return Optional.empty();
    }
    String plain = plain(words[0]);
    try {
      return of(Base64.getDecoder().decode(words[1])).filter(key -> key.type.equals(plain));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<PublicKeyBlob> parse(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    String named = ascii(field(in));
    String type = plain(named);
    Integer fields = FIELDS.get(type);
    if (fields == null) {
      return Optional.empty();
    }
    boolean certificate = isCertificate(named);
    if (certificate) {
      field(in); // the nonce
    }
    int start = in.position();
    byte[] last = new byte[0];
    for (int i = 0; i < fields; i++) {
      last = field(in);
      if (i == 0 && type.startsWith("ecdsa-") && !type.endsWith(ascii(last))) {
        return Optional.empty();
      }
    }
    if (last.length == 0 || (!certificate && in.hasRemaining())) {
      return Optional.empty();
    }
    byte[] key = join(type, Arrays.copyOfRange(bytes, start, in.position()));
    int bits = type.equals("ssh-rsa") ? new BigInteger(1, last).bitLength() : 0;
    return Optional.of(new PublicKeyBlob(type, key, bits));
  }

  static boolean isCertificate(String type) {
    return type.endsWith(CERTIFICATE);
  }

  private static String plain(String type) {
    if (!isCertificate(type)) {
      return type;
    }
    String base = type.substring(0, type.length() - CERTIFICATE.length());
    return base.startsWith("sk-") ? base + "@openssh.com" : base;
  }

  private static byte[] field(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] field = new byte[length];
    in.get(field);
    return field;
  }

  private static byte[] join(String type, byte[] fields) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(4 + name.length + fields.length)
        .putInt(name.length)
        .put(name)
        .put(fields)
        .array();
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** The type as SSH names it, for example {@code ssh-ed25519}; never that of a certificate. */
  public String type() {
    return type;
  }

  /** The key as SSH sends it. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether it is an RSA key that is too short to be trusted. */
  public boolean isWeak() {
    return rsaBits > 0 && rsaBits < MIN_RSA_BITS;
  }

  /** How many bits an RSA key has; 0 for others. */
  public int rsaBits() {
    return rsaBits;
  }

  /** The fingerprint as OpenSSH prints it: {@code SHA256:} and 43 characters. */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Type and key as in a known_hosts file. */
  String line() {
    return type + " " + Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublicKeyBlob that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Type and fingerprint, for messages. */
  @Override
  public String toString() {
    return type + " " + fingerprint();
  }
}

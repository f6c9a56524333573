package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.Signature;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.ssh.SshException;
import io.hawser.ssh.hostkey.PublicKeyBlob;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private key that a host's access names, checked before anything is sent: a key that cannot
 * work is a mistake on this side, and the host need not be asked to find it.
 *
 * <p>Types: Ed25519, ECDSA (nistp256, nistp384, nistp521) and RSA from 2048 bits on. Formats:
 *
 * <ul>
 *   <li>OpenSSH ({@code BEGIN OPENSSH PRIVATE KEY}), plain or encrypted with any of its ciphers but
 *       chacha20;
 *   <li>PEM ({@code BEGIN RSA PRIVATE KEY}, {@code BEGIN EC PRIVATE KEY}), plain or encrypted with
 *       AES or triple DES;
 *   <li>PKCS#8 ({@code BEGIN PRIVATE KEY}), plain, or encrypted ({@code BEGIN ENCRYPTED PRIVATE
 *       KEY}) with AES by PBKDF2;
 *   <li>PuTTY, version 2, and version 3 where it is not encrypted.
 * </ul>
 *
 * <p>Line ends may be those of Windows, a byte order mark may come first and the last line end may
 * be missing. A passphrase may have any characters; for PKCS#8 those of Latin-1, and of ASCII if it
 * is an Ed25519 key.
 */
final class PrivateKey {
  private static final byte[] SAMPLE = {1, 2, 3};

  private final String name;
  private final byte[] key;
  private final byte @Nullable [] passphrase;

  private PrivateKey(String name, byte[] key, byte @Nullable [] passphrase) {
    this.name = name;
    this.key = key;
    this.passphrase = passphrase;
  }

  /**
   * The key of the access, if it names one. A public key that only tells which key of the agent to
   * offer is none.
   *
   * @throws SshException with reason CREDENTIAL if it cannot be used
   */
  static Optional<PrivateKey> of(Host host) {
    Optional<KeyText> text = KeyText.of(host);
    if (text.isEmpty() || (host.ssh().agent() && publicKey(text.get()).isPresent())) {
      return Optional.empty();
    }
    checkKind(text.get());
    text.get().checkModes();
    return Optional.of(check(text.get(), host.ssh().passphrase()));
  }

  /**
   * The public key that the access names in place of a private one, if it does: a line as in files
   * named {@code *.pub}.
   *
   * @throws SshException with reason CREDENTIAL if the file that it names cannot be read
   */
  static Optional<PublicKeyBlob> publicKey(Host host) {
    return KeyText.of(host).flatMap(PrivateKey::publicKey);
  }

  private static Optional<PublicKeyBlob> publicKey(KeyText text) {
    String line = text.firstLine();
    return line.startsWith("-") ? Optional.empty() : PublicKeyBlob.ofLine(line);
  }

  /** What to call it in a message. */
  String name() {
    return name;
  }

  void addTo(JSch jsch) throws JSchException {
    // JSch wipes what it is given.
    byte[] word = passphrase == null ? null : passphrase.clone();
    jsch.addIdentity(name, key.clone(), null, word);
  }

  private static void checkKind(KeyText text) {
    String line = text.firstLine();
    if (line.isEmpty()) {
      throw text.refuse(text.name() + " is empty", null);
    }
    if (line.contains("-cert-v01@") || line.contains("BEGIN CERTIFICATE")) {
      throw text.refuse(text.name() + " is a certificate; name the private key", null);
    }
    if (line.matches("(ssh|ecdsa|sk)-.*") || line.contains("PUBLIC KEY")) {
      throw text.refuse(
          text.name()
              + " is a public key; name the private one (a public key is enough only where the"
              + " ssh-agent is used)",
          null);
    }
  }

  private static PrivateKey check(KeyText text, Optional<Secret> passphrase) {
    byte[] key = Pkcs8Key.openSsh(text.text(), passphrase).orElseGet(text::bytes);
    KeyPair pair = load(text, key);
    byte @Nullable [] word = null;
    try {
      if (pair.isEncrypted()) {
        if (passphrase.isEmpty()) {
          throw text.refuse(text.name() + " is encrypted and no passphrase is given", null);
        }
        for (byte[] candidate : forms(passphrase.get())) {
          if (word == null && pair.decrypt(candidate.clone())) {
            word = candidate;
          }
        }
        if (word == null) {
          throw text.refuse(undecryptable(text), null);
        }
      }
      Optional<byte[]> lengthened = OpenSshKey.lengthened(pair);
      if (lengthened.isPresent()) {
        return plain(text, lengthened.get());
      }
      checkUse(text, pair);
      return new PrivateKey(text.name(), key, word);
    } finally {
      pair.dispose();
    }
  }

  private static PrivateKey plain(KeyText text, byte[] key) {
    KeyPair pair = load(text, key);
    try {
      checkUse(text, pair);
      return new PrivateKey(text.name(), key, null);
    } finally {
      pair.dispose();
    }
  }

  private static KeyPair load(KeyText text, byte[] key) {
    try {
      return KeyPair.load(new JSch(), key.clone(), null);
    } catch (JSchException | RuntimeException e) {
      throw text.refuse(
          text.name()
              + " cannot be read: known are OpenSSH, PEM, PKCS#8 and PuTTY keys of type RSA,"
              + " ECDSA and Ed25519. If it is one of them and whole, "
              + text.howToConvert(),
          e);
    }
  }

  /** JSch takes the bytes of PKCS#8 passphrases for characters, each of which becomes UTF-8. */
  private static List<byte[]> forms(Secret passphrase) {
    String word = passphrase.reveal();
    List<byte[]> forms = new ArrayList<>(List.of(word.getBytes(UTF_8)));
    if (ISO_8859_1.newEncoder().canEncode(word)) {
      forms.add(word.getBytes(ISO_8859_1));
    }
    return forms;
  }

  private static String undecryptable(KeyText text) {
    boolean pkcs8 = text.firstLine().contains("BEGIN ENCRYPTED");
    return text.name()
        + " cannot be decrypted with the passphrase that is given"
        + (pkcs8 ? ". If it is the right one, " + text.howToConvert() : "");
  }

  private static void checkUse(KeyText text, KeyPair pair) {
    int type = pair.getKeyType();
    if (type != KeyPair.RSA && type != KeyPair.ECDSA && type != KeyPair.ED25519) {
      String name = type == KeyPair.DSA ? "a DSA key, which servers refuse" : "of another type";
      throw text.refuse(text.name() + " is " + name + "; make an Ed25519, ECDSA or RSA key", null);
    }
    byte @Nullable [] blob = pair.getPublicKeyBlob();
    Optional<PublicKeyBlob> half = blob == null ? Optional.empty() : PublicKeyBlob.of(blob);
    if (half.isEmpty() || !signs(pair, type)) {
      throw text.refuse(
          text.name() + " is damaged, or of a curve that SSH does not know: its halves do not fit",
          null);
    }
    if (half.get().isWeak()) {
      throw text.refuse(
          text.name()
              + " is an RSA key of "
              + half.get().rsaBits()
              + " bits; servers and Hawser want at least "
              + PublicKeyBlob.MIN_RSA_BITS,
          null);
    }
  }

  private static boolean signs(KeyPair pair, int type) {
    try {
      boolean rsa = type == KeyPair.RSA;
      byte @Nullable [] signature =
          rsa ? pair.getSignature(SAMPLE, "rsa-sha2-256") : pair.getSignature(SAMPLE);
      @Nullable Signature verifier = rsa ? pair.getVerifier("rsa-sha2-256") : pair.getVerifier();
      if (signature == null || verifier == null) {
        return false;
      }
      verifier.update(SAMPLE);
      return verifier.verify(signature);
    } catch (Exception e) { // whatever a broken key does in there
      return false;
    }
  }
}

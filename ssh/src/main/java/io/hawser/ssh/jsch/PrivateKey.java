package io.hawser.ssh.jsch;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The private key that a host's access names, checked before anything is sent: a key that cannot
 * work is a mistake on this side, and the host need not be asked to find it.
 */
final class PrivateKey {
  private final String name;
  private final byte[] text;
  private final byte @Nullable [] passphrase;

  private PrivateKey(String name, byte[] text, byte @Nullable [] passphrase) {
    this.name = name;
    this.text = text;
    this.passphrase = passphrase;
  }

  /**
   * The key of the access, if it names one.
   *
   * @throws SshException with reason CREDENTIAL if it cannot be used
   */
  static Optional<PrivateKey> of(Host host) {
    SshAccess access = host.ssh();
    String name;
    String text;
    if (access.keyData().isPresent()) {
      name = "the private key given as text";
      text = access.keyData().get().reveal();
    } else if (access.keyFile().isPresent()) {
      Path file = expand(access.keyFile().get());
      name = "the private key " + file;
      text = read(host.address(), file);
    } else {
      return Optional.empty();
    }
    byte @Nullable [] passphrase =
        access.passphrase().map(Secret::reveal).map(PrivateKey::utf8).orElse(null);
    PrivateKey key = new PrivateKey(name, utf8(normal(text)), passphrase);
    key.check(host.address());
    return Optional.of(key);
  }

  /** What to call it in a message. */
  String name() {
    return name;
  }

  void addTo(JSch jsch) throws JSchException {
    // JSch wipes what it is given.
    jsch.addIdentity(name, text.clone(), null, passphrase == null ? null : passphrase.clone());
  }

  private void check(String host) {
    String start = new String(text, StandardCharsets.UTF_8);
    if (start.startsWith("ssh-") || start.startsWith("ecdsa-") || start.contains(" PUBLIC KEY-")) {
      throw refuse(host, name + " is a public key; name the private one", null);
    }
    KeyPair pair;
    try {
      pair = KeyPair.load(new JSch(), text.clone(), null);
    } catch (JSchException | RuntimeException e) {
      throw refuse(
          host,
          name
              + " cannot be read: known are OpenSSH, PEM, PKCS#8 and PuTTY keys of type RSA,"
              + " ECDSA and Ed25519",
          e);
    }
    try {
      if (!pair.isEncrypted()) {
        return;
      }
      if (passphrase == null) {
        throw refuse(host, name + " is encrypted and no passphrase is given", null);
      }
      if (!pair.decrypt(passphrase.clone())) {
        throw refuse(host, name + " cannot be decrypted with the passphrase that is given", null);
      }
    } finally {
      pair.dispose();
    }
  }

  private static Path expand(String file) {
    return file.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), file.substring(2))
        : Path.of(file);
  }

  private static String read(String host, Path file) {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
        String text = PosixFilePermissions.toString(modes);
        if (!text.endsWith("------")) {
          throw refuse(
              host,
              "the private key "
                  + file
                  + " is open to others ("
                  + text
                  + "); run: chmod 600 "
                  + file,
              null);
        }
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw refuse(host, "the private key " + file + " does not exist", e);
    } catch (IOException e) {
      throw refuse(host, "the private key " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Without what editors and copying add: a byte order mark, CR, a missing last line end. */
  private static String normal(String text) {
    String plain = text.replace("\u00ef\u00bb\u00bf", "").replace("\ufeff", "");
    return plain.replace("\r\n", "\n").strip() + "\n";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static SshException refuse(String host, String message, @Nullable Throwable cause) {
    return new SshException(host, Reason.CREDENTIAL, message, cause);
  }
}

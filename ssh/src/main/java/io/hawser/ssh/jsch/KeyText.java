package io.hawser.ssh.jsch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.ShellQuote;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of the key that a host's access names, without what editors and copying add to it. */
final class KeyText {
  private static final int MAX_BYTES = 256 * 1024;

  private final String host;
  private final String name;
  private final @Nullable Path file;

  /** One character per byte. */
  private final String text;

  private KeyText(String host, String name, @Nullable Path file, byte[] bytes) {
    this.host = host;
    this.name = name;
    this.file = file;
    String plain = new String(bytes, ISO_8859_1).replace("\u00ef\u00bb\u00bf", "");
    this.text = plain.replace("\r\n", "\n").replace('\r', '\n').strip() + "\n";
  }

  /**
   * The text that the access names, if it names one.
   *
   * @throws SshException with reason CREDENTIAL if it cannot be read
   */
  static Optional<KeyText> of(Host host) {
    SshAccess access = host.ssh();
    String address = host.address();
    if (access.keyData().isPresent()) {
      byte[] bytes = access.keyData().get().reveal().getBytes(UTF_8);
      return Optional.of(new KeyText(address, "the private key given as text", null, bytes));
    }
    if (access.keyFile().isEmpty()) {
      return Optional.empty();
    }
    Path file = expand(access.keyFile().get());
    String name = "the private key " + file;
    return Optional.of(new KeyText(address, name, file, read(address, name, file)));
  }

  private static Path expand(String file) {
    return file.startsWith("~/")
        ? Path.of(System.getProperty("user.home"), file.substring(2))
        : Path.of(file);
  }

  private static byte[] read(String host, String name, Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw refuse(host, name + " is a folder; name the file in it", null);
      }
      if (Files.size(file) > MAX_BYTES) {
        throw refuse(
            host, name + " is no private key: it has " + Files.size(file) + " bytes", null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw refuse(host, name + " does not exist", e);
    } catch (IOException e) {
      throw refuse(host, name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** What to call it in a message. */
  String name() {
    return name;
  }

  /** One character per byte. */
  String text() {
    return text;
  }

  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /** The first line; empty if there is nothing at all. */
  String firstLine() {
    return text.substring(0, text.indexOf('\n'));
  }

  /** Refuses a file that others than its owner can read, as ssh does. */
  void checkModes() {
    Path path = file;
    if (path == null || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try {
      String modes = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
      if (!modes.endsWith("------")) {
        throw refuse(
            name + " is open to others (" + modes + "); run: chmod 600 " + quoted(path), null);
      }
    } catch (IOException e) {
      throw refuse(name + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** How to turn it into a format that can be read. */
  String howToConvert() {
    String path = file == null ? "FILE" : quoted(file);
    if (firstLine().startsWith("PuTTY-User-Key-File")) {
      return "convert it with: puttygen " + path + " -O private-openssh -o NEW_FILE";
    }
    return (file == null ? "save it to a file and rewrite that" : "rewrite it")
        + " with: ssh-keygen -p -f "
        + path;
  }

  private static String quoted(Path path) {
    return ShellQuote.forPeople(path.toString());
  }

  SshException refuse(String message, @Nullable Throwable cause) {
    return refuse(host, message, cause);
  }

  private static SshException refuse(String host, String message, @Nullable Throwable cause) {
    return new SshException(host, Reason.CREDENTIAL, message, cause);
  }
}

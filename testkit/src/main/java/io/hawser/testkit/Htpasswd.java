package io.hawser.testkit;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.jspecify.annotations.Nullable;

/** Who may enter a registry: a file of {@code user:bcrypt} lines, read anew for each question. */
final class Htpasswd {
  private final Path file;

  /** Digest of the last line and password that fitted: bcrypt is slow, and on purpose. */
  private volatile @Nullable String proven;

  Htpasswd(Path file) {
    this.file = file;
  }

  /** Whether an {@code Authorization} header names a user of the file and the user's password. */
  boolean admits(@Nullable String header) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return false;
    }
    String pair;
    try {
      byte[] bytes = Base64.getDecoder().decode(header.substring("basic ".length()).strip());
      pair = new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int colon = pair.indexOf(':');
    return colon > 0 && fits(pair.substring(0, colon), pair.substring(colon + 1));
  }

  private boolean fits(String user, String password) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(user + ":")) {
          return fits(line, line.substring(user.length() + 1).strip(), password);
        }
      }
    } catch (IOException e) {
      return false; // no file, nobody enters
    }
    return false;
  }

  private boolean fits(String line, String hash, String password) {
    String question =
        Hashing.sha256().hashString(line + "\n" + password, StandardCharsets.UTF_8).toString();
    if (question.equals(proven)) {
      return true;
    }
    boolean fits;
    try {
      fits = OpenBSDBCrypt.checkPassword(hash, password.toCharArray());
    } catch (IllegalArgumentException e) {
      return false; // not bcrypt: distribution refuses it too
    }
    if (fits) {
      proven = question;
    }
    return fits;
  }
}

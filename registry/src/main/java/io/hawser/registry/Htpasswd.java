package io.hawser.registry;

import io.hawser.Secret;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** The password file of a registry: one user, bcrypt. */
final class Htpasswd {
  static final int SALT_BYTES = 16;

  private static final int COST = 10;

  private Htpasswd() {}

  /** The text of the file. */
  static Secret of(RegistrySettings settings, byte[] salt) {
    String hash =
        OpenBSDBCrypt.generate("2y", settings.password().reveal().toCharArray(), salt, COST);
    return Secret.of(settings.username() + ":" + hash + "\n");
  }

  /** Whether the file lets this user in, and nobody else. */
  static boolean admits(Secret file, RegistrySettings settings) {
    String text = file.reveal();
    String user = settings.username() + ":";
    return text.matches(Pattern.quote(user) + "\\$2y\\$10\\$[./A-Za-z0-9]{53}\n")
        && OpenBSDBCrypt.checkPassword(
            text.substring(user.length()).strip(), settings.password().reveal().toCharArray());
  }
}

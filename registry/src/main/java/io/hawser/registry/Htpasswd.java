package io.hawser.registry;

import io.hawser.Secret;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/**
 * The password file of a registry: a user and a bcrypt hash in each line. A registry takes the last
 * line of a user, so one user has one password.
 */
final class Htpasswd {
  static final int SALT_BYTES = 16;

  /**
   * The default of Apache's htpasswd. A replica computes the hash anew at every request, and every
   * node asks every two seconds: cost 10 is some 60 ms of a processor each time, this 2 ms. More
   * would protect nothing: who may read this file may read the password itself, which every node
   * needs in clear.
   */
  private static final int COST = 5;

  private static final Pattern LINE =
      Pattern.compile("([A-Za-z0-9_.@+-]+):(\\$2[abxy]\\$[0-9]{2}\\$[./A-Za-z0-9]{53})");

  private Htpasswd() {}

  /** Whom a file lets in: the line of each user. */
  private static Map<String, String> lines(Secret file) {
    Map<String, String> lines = new LinkedHashMap<>();
    file.reveal()
        .lines()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> lines.put(line.group(1), line.group()));
    return lines;
  }

  /** The users of a file that another does not let in. */
  static Set<String> others(Secret there, Secret wanted) {
    Set<String> users = new LinkedHashSet<>(lines(there).keySet());
    users.removeAll(lines(wanted).keySet());
    return users;
  }

  /** A wanted file, and after it the users of the one that is there that it does not name. */
  static Secret withOthers(Secret wanted, Secret there) {
    Map<String, String> known = lines(there);
    return Secret.of(
        others(there, wanted).stream()
            .map(user -> known.get(user) + "\n")
            .collect(Collectors.joining("", wanted.reveal(), "")));
  }

  /** Whether a file knows the user by another password. */
  static boolean knowsOtherwise(Secret file, RegistrySettings settings) {
    String line = lines(file).get(settings.username());
    return line != null && !fits(line, settings);
  }

  private static boolean fits(String line, RegistrySettings settings) {
    return OpenBSDBCrypt.checkPassword(
        line.substring(settings.username().length() + 1),
        settings.password().reveal().toCharArray());
  }

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
    return text.matches(Pattern.quote(user) + "\\$2y\\$05\\$[./A-Za-z0-9]{53}\n")
        && fits(text.strip(), settings);
  }
}

package io.hawser.ssh.hostkey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of a known_hosts file. Read here and not by JSch, whose reader drops a file for one bad
 * line, knows neither {@code *} nor {@code !}, and hashes with a class that anything in the JVM can
 * replace.
 */
record KnownHostsLine(Marker marker, String names, PublicKeyBlob key) {
  /** What a line says of its key. */
  enum Marker {
    NONE(""),
    /** A certificate instead of a key: no host shows it as its key, but the host is not new. */
    CERTIFICATE(""),
    AUTHORITY("@cert-authority"),
    REVOKED("@revoked");

    private final String word;

    Marker(String word) {
      this.word = word;
    }
  }

  private static final Pattern BLANK = Pattern.compile("[ \t]+");

  /** Reads a line; empty for comments, blank lines and those that OpenSSH would skip, too. */
  static Optional<KnownHostsLine> parse(String line) {
    String[] words = BLANK.split(line.strip(), 3);
    if (words.length < 3 || words[0].startsWith("#")) {
      return Optional.empty();
    }
    if (!words[0].startsWith("@")) {
      Marker marker = PublicKeyBlob.isCertificate(words[1]) ? Marker.CERTIFICATE : Marker.NONE;
      return line(marker, words[0], words[1] + " " + words[2]);
    }
    for (Marker marker : Marker.values()) {
      if (words[0].equals(marker.word)) {
        return line(marker, words[1], words[2]);
      }
    }
    return Optional.empty();
  }

  private static Optional<KnownHostsLine> line(Marker marker, String names, String key) {
    return PublicKeyBlob.ofLine(key).map(known -> new KnownHostsLine(marker, names, known));
  }

  /**
   * Whether the line is about the host.
   *
   * @param name in lower case
   */
  boolean isAbout(String name) {
    if (names.startsWith("|")) {
      return hashes(name);
    }
    boolean named = false;
    for (String pattern : names.toLowerCase(Locale.ROOT).split(",", -1)) {
      if (pattern.startsWith("!")) {
        if (glob(pattern.substring(1), name)) {
          return false;
        }
      } else {
        named |= glob(pattern, name);
      }
    }
    return named;
  }

  private boolean hashes(String name) {
    String[] parts = names.split("\\|", -1);
    if (parts.length != 4 || !parts[1].equals("1")) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash).equals(parts[3]);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // no valid hash, so that it is of no name
    }
  }

  private static boolean glob(String pattern, String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return name.matches(regex.toString());
  }
}

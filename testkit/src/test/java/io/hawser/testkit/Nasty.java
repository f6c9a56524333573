package io.hawser.testkit;

import java.util.List;
import java.util.Random;

/** Texts that break programs which put them into a command line without care. */
final class Nasty {
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "plain",
          "'",
          "\"",
          "a'b\"c",
          "\\",
          "\\'",
          "$HOME",
          "$(touch /tmp/hawser-canary)",
          "`touch /tmp/hawser-canary`",
          "; touch /tmp/hawser-canary;",
          "&& false || true",
          "a=b=c",
          "line\nline\n",
          "\n",
          "\n\n'\n",
          "\ttab\t",
          "cr\rlf\r\n",
          "*",
          "?[a-z]",
          "~",
          "~root",
          "!!",
          "!history",
          "#comment",
          "-n",
          "-e",
          "--",
          "%s%n",
          "\u0001\u0002\u007f\u001b[31m",
          "\u0401\u0101\u0102\u0088\u0081\u0082",
          "\u00e4\u00f6\u00fc\u20ac",
          "\ud83d\ude00",
          "e\u0301",
          "\ufeff",
          "x".repeat(100_000),
          "'".repeat(500));

  private static final String ALPHABET =
      "ab '\"\\$`!*?[](){}<>|&;~#=%^\n\t\r-\u00e4\u0401\u20ac\u0081";

  private Nasty() {}

  /** A random text of the characters that matter, 0 to 20 long. */
  static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(21); length > 0; length--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}

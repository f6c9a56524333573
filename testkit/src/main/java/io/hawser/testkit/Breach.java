package io.hawser.testkit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a distributor did against a rule. */
final class Breach extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final DistributorRule rule;
  private final String host;
  private final String file;
  private final String expected;
  private final String found;

  private Breach(
      DistributorRule rule,
      String host,
      String file,
      String expected,
      String found,
      @Nullable Throwable cause) {
    super(found, cause);
    this.rule = rule;
    this.host = host;
    this.file = file;
    this.expected = expected;
    this.found = found;
  }

  /** One that is about no host and no file. */
  static Breach of(DistributorRule rule, String expected, String found) {
    return new Breach(rule, "", "", expected, found, null);
  }

  /** The same with what led to it. */
  Breach because(@Nullable Throwable cause) {
    return new Breach(rule, host, file, expected, found, cause);
  }

  Breach on(String address) {
    return new Breach(rule, address, file, expected, found, getCause());
  }

  Breach at(String path) {
    return new Breach(rule, host, path, expected, found, getCause());
  }

  /** For the one who wrote the distributor. */
  String words(String check) {
    StringBuilder words = new StringBuilder();
    words.append("the distributor fails the check \"").append(check).append("\"\n");
    line(words, "host", host);
    line(words, "file", file);
    line(words, "expected", expected);
    line(words, "found", found);
    String where = rule.text() + " (" + DistributorRule.DOCUMENT + ")";
    line(words, "rule " + rule.number(), where);
    return words.toString().stripTrailing();
  }

  private static void line(StringBuilder words, String name, String value) {
    if (!value.isEmpty()) {
      words.append(String.format(Locale.ROOT, "  %-9s %s%n", name, value.strip()));
    }
  }
}

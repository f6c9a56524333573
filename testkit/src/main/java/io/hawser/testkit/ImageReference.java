package io.hawser.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The full name of an image.
 *
 * @param registry domain or address, with its port
 * @param repository the name within the registry
 * @param version a tag, or a digest
 */
record ImageReference(String registry, String repository, String version) {
  private static final Pattern FULL =
      Pattern.compile("([^/@]+)/([a-z0-9._/-]+)(?::([\\w][\\w.-]*)|@(sha256:[0-9a-f]{64}))");

  static ImageReference parse(String text) {
    Matcher matcher = FULL.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not registry:port/name:tag or registry:port/name@sha256:...");
    }
    String version = matcher.group(3) == null ? matcher.group(4) : matcher.group(3);
    return new ImageReference(matcher.group(1), matcher.group(2), version);
  }

  boolean isDigest() {
    return version.startsWith("sha256:");
  }

  String text() {
    return registry + "/" + repository + (isDigest() ? "@" : ":") + version;
  }
}

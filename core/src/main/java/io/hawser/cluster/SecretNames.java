package io.hawser.cluster;

import io.hawser.Secret;
import java.util.regex.Pattern;

/** Tells by its name or form whether a value of an environment is better not shown. Stateless. */
public final class SecretNames {
  /** What is shown instead. */
  static final String STARS = Secret.of("").toString();

  private static final Pattern NAME =
      Pattern.compile(
          "pass(w|_|phrase|$)|pwd|secret|token|credential|authorization|(api|access|private|encryption)_?key",
          Pattern.CASE_INSENSITIVE);

  /** {@code scheme://user:password@host}. */
  private static final Pattern URL = Pattern.compile("://[^/\\s]*:[^/\\s]*@");

  private SecretNames() {}

  /**
   * Whether it is.
   *
   * @param name of the variable
   * @param value what it is set to
   */
  public static boolean hides(String name, String value) {
    return NAME.matcher(name).find() || URL.matcher(value).find();
  }
}

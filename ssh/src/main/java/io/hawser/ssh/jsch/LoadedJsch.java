package io.hawser.ssh.jsch;

import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSch that the class path has first. Programs bring others along: JGit's SSH module the one
 * that ended with 0.1.55, under another artifact's name so that Maven does not choose, and Jenkins
 * one of its plugin. A wrong one would fail with a NoSuchMethodError somewhere in a login.
 */
final class LoadedJsch {
  /** Tried; the ones before 0.2.15 also know no defence against prefix truncation (Terrapin). */
  static final String OLDEST = "0.2.16";

  private static final String MAIN_CLASS = "com.jcraft.jsch.JSch";
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6}).*");

  private LoadedJsch() {}

  /**
   * Looks at it, before any other class of Hawser needs it.
   *
   * @throws IllegalStateException if there is none, or one that is too old
   */
  static void check() {
    check(LoadedJsch.class.getClassLoader());
  }

  static void check(@Nullable ClassLoader loader) {
    Class<?> main;
    try {
      main = Class.forName(MAIN_CLASS, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "There is no JSch on the class path: Hawser needs com.github.mwiede:jsch "
              + OLDEST
              + " or later",
          e);
    }
    String version = version(main);
    if (isOlder(version)) {
      throw new IllegalStateException(
          "JSch "
              + version
              + place(main)
              + " is the first on the class path: Hawser needs com.github.mwiede:jsch "
              + OLDEST
              + " or later. Exclude the old one from what brings it along (often"
              + " com.jcraft:jsch), or put the newer one before it");
    }
  }

  /** By reflection, since javac would copy the constant of the JSch that Hawser is built with. */
  private static String version(Class<?> main) {
    try {
      return String.valueOf(main.getField("VERSION").get(null));
    } catch (ReflectiveOperationException e) {
      return "(of an unknown version)";
    }
  }

  /** A version that cannot be read (a fork's) is not refused: it is most likely a newer one. */
  static boolean isOlder(String version) {
    Matcher found = NUMBERS.matcher(version);
    Matcher oldest = NUMBERS.matcher(OLDEST);
    if (!found.matches() || !oldest.matches()) {
      return false;
    }
    for (int part = 1; part <= 3; part++) {
      int difference = Integer.parseInt(found.group(part)) - Integer.parseInt(oldest.group(part));
      if (difference != 0) {
        return difference < 0;
      }
    }
    return false;
  }

  private static String place(Class<?> main) {
    CodeSource source = main.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null ? "" : " of " + source.getLocation();
  }
}

package io.hawser.template;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A semantic version, read as leniently as Masterminds does: a leading {@code v}, minor and patch
 * may be left out.
 *
 * @param pre the pre-release part, empty for a release
 * @param metadata what stands behind a plus
 * @param original as it was given
 */
record Version(long major, long minor, long patch, String pre, String metadata, String original)
    implements Comparable<Version> {
  private static final Pattern TEXT =
      Pattern.compile(
          "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?"
              + "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?"
              + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

  Version(long major, long minor, long patch, String pre) {
    this(major, minor, patch, pre, "", "");
  }

  /**
   * @param argument which argument of a function this is, for the message
   */
  static Version parse(String text, int argument) {
    Matcher matcher = TEXT.matcher(text);
    if (text.length() > 256 || !matcher.matches()) {
      throw new IllegalArgumentException("argument " + argument + " is no semantic version");
    }
    String pre = matcher.group(4);
    return new Version(
        Long.parseLong(matcher.group(1)),
        number(matcher.group(2)),
        number(matcher.group(3)),
        pre == null ? "" : pre,
        matcher.group(5) == null ? "" : matcher.group(5),
        text);
  }

  /** What a template may ask of a version. */
  Object field(String name) {
    return switch (name) {
      case "Major" -> new GoInt("uint64", major);
      case "Minor" -> new GoInt("uint64", minor);
      case "Patch" -> new GoInt("uint64", patch);
      case "Prerelease" -> pre;
      case "Metadata" -> metadata;
      case "Original" -> original;
      case "String" -> toString();
      default ->
          throw new IllegalArgumentException("there is no field \"" + name + "\" in a version");
    };
  }

  @Override
  public String toString() {
    return major
        + "."
        + minor
        + "."
        + patch
        + (pre.isEmpty() ? "" : "-" + pre)
        + (metadata.isEmpty() ? "" : "+" + metadata);
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  @Override
  public int compareTo(Version that) {
    int order = Long.compare(major, that.major);
    order = order != 0 ? order : Long.compare(minor, that.minor);
    order = order != 0 ? order : Long.compare(patch, that.patch);
    return order != 0 ? order : comparePre(pre, that.pre);
  }

  private static int comparePre(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      // A release is newer than its pre-releases.
      return Boolean.compare(a.isEmpty(), b.isEmpty());
    }
    String[] left = a.split("\\.", -1);
    String[] right = b.split("\\.", -1);
    for (int i = 0; i < Math.min(left.length, right.length); i++) {
      int order = compareIdentifier(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  private static int compareIdentifier(String a, String b) {
    boolean leftNumber = a.matches("\\d+");
    boolean rightNumber = b.matches("\\d+");
    if (leftNumber && rightNumber) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return leftNumber == rightNumber ? a.compareTo(b) : Boolean.compare(rightNumber, leftNumber);
  }
}

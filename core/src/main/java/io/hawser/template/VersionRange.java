package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of versions as Masterminds reads it: alternatives by {@code ||}, all of the conditions
 * (blank or comma) of one of them must hold.
 */
record VersionRange(List<List<Condition>> alternatives) {
  private static final Pattern CONDITION =
      Pattern.compile(
          "(|=|!=|>|<|>=|=>|<=|=<|~|~>|\\^)\\s*v?(\\d{1,18}|[xX*])(?:\\.(\\d{1,18}|[xX*]))?"
              + "(?:\\.(\\d{1,18}|[xX*]))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?"
              + "(?:[\\s,]+|$)");
  private static final Pattern HYPHEN = Pattern.compile("\\s*(\\S+)\\s+-\\s+(\\S+)\\s*");

  static VersionRange parse(String text) {
    if (text.length() > 1024) {
      throw broken();
    }
    List<List<Condition>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      Matcher hyphen = HYPHEN.matcher(alternative);
      String plain =
          hyphen.matches() ? ">=" + hyphen.group(1) + " <=" + hyphen.group(2) : alternative;
      alternatives.add(conditions(plain.strip()));
    }
    return new VersionRange(List.copyOf(alternatives));
  }

  private static List<Condition> conditions(String text) {
    List<Condition> conditions = new ArrayList<>();
    Matcher matcher = CONDITION.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw broken();
      }
      conditions.add(condition(matcher));
      at = matcher.end();
    }
    if (conditions.isEmpty()) {
      throw broken();
    }
    return List.copyOf(conditions);
  }

  private static Condition condition(Matcher matcher) {
    boolean anyMajor = isAny(matcher.group(2));
    boolean anyMinor = !anyMajor && isAny(matcher.group(3));
    boolean anyPatch = !anyMajor && !anyMinor && isAny(matcher.group(4));
    String pre = matcher.group(5);
    Version version =
        new Version(
            anyMajor ? 0 : Long.parseLong(matcher.group(2)),
            anyMajor || anyMinor ? 0 : Long.parseLong(matcher.group(3)),
            anyMajor || anyMinor || anyPatch ? 0 : Long.parseLong(matcher.group(4)),
            pre == null ? "" : pre);
    return new Condition(matcher.group(1), version, anyMajor, anyMinor, anyPatch);
  }

  private static boolean isAny(@Nullable String part) {
    return part == null || part.equals("x") || part.equals("X") || part.equals("*");
  }

  private static IllegalArgumentException broken() {
    return new IllegalArgumentException("argument 1 is no range of versions");
  }

  boolean matches(Version version) {
    return alternatives.stream()
        .anyMatch(conditions -> conditions.stream().allMatch(c -> c.matches(version)));
  }

  /** One comparison; the flags say which parts were left open. */
  record Condition(
      String operator, Version bound, boolean anyMajor, boolean anyMinor, boolean anyPatch) {

    boolean matches(Version version) {
      if (!version.pre().isEmpty() && bound.pre().isEmpty()) {
        // Pre-releases match only conditions that name one.
        return false;
      }
      int order = version.compareTo(bound);
      return switch (operator) {
        case "", "=" -> (anyMajor || anyMinor || anyPatch) ? tilde(version) : order == 0;
        case "!=" -> notEqual(version);
        case ">" -> greater(version);
        case "<" -> order < 0;
        case ">=", "=>" -> order >= 0;
        case "<=", "=<" -> lessOrEqual(version);
        case "^" -> caret(version);
        default -> tilde(version);
      };
    }

    private boolean notEqual(Version version) {
      if (anyMajor || anyMinor || anyPatch) {
        return !tilde(version) && !anyMajor;
      }
      return version.compareTo(bound) != 0;
    }

    private boolean greater(Version version) {
      if (version.major() == bound.major() && anyMinor) {
        return false;
      }
      boolean sameMajor = version.major() == bound.major();
      return (sameMajor && anyPatch)
          ? version.minor() > bound.minor()
          : version.compareTo(bound) > 0;
    }

    private boolean lessOrEqual(Version version) {
      if (version.major() != bound.major() || !(anyMinor || anyPatch)) {
        return version.compareTo(bound) <= 0;
      }
      return anyMinor || version.minor() <= bound.minor();
    }

    private boolean tilde(Version version) {
      boolean everything =
          bound.major() == 0 && bound.minor() == 0 && bound.patch() == 0 && !anyMinor && !anyPatch;
      return version.compareTo(bound) >= 0
          && (everything
              || (version.major() == bound.major()
                  && (anyMinor || version.minor() == bound.minor())));
    }

    private boolean caret(Version version) {
      if (anyMajor) {
        return true;
      }
      if (version.compareTo(bound) < 0 || version.major() != bound.major()) {
        return false;
      }
      if (bound.major() > 0 || anyMinor) {
        return true;
      }
      if (bound.minor() > 0 || anyPatch) {
        return version.minor() == bound.minor();
      }
      return version.minor() == 0 && version.patch() == bound.patch();
    }
  }
}

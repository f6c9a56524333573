package io.hawser.template;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a YAML scalar without quotes means to Go's yaml.v2, which sealos reads and writes with. */
final class PlainScalars {
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> NAN = Set.of(".nan", ".NaN", ".NAN");
  private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
              + "(?:[Tt ]+[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?"
              + "(?: *(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)?");
  private static final int LONGEST = 400;

  private PlainScalars() {}

  /** Its value; the same text for a text. Numbers are floats, as JSON has them. */
  static @Nullable Object value(String text) {
    if (NULL.contains(text)) {
      return null;
    } else if (TRUE.contains(text)) {
      return true;
    } else if (FALSE.contains(text)) {
      return false;
    }
    if (isInfinite(text)) {
      throw new IllegalArgumentException("a number that is not finite");
    }
    Double number = number(text);
    return number == null ? text : number;
  }

  private static boolean isInfinite(String text) {
    return NAN.contains(text) || (text.length() < 6 && INFINITE.matcher(text).matches());
  }

  private static @Nullable Double number(String text) {
    if (text.length() > LONGEST || "+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return null;
    }
    String plain = text.replace("_", "");
    Long whole = GoNumbers.parseInt(plain);
    if (whole != null) {
      return (double) whole;
    }
    if (!FLOAT.matcher(plain).matches()) {
      return null;
    }
    double value = Double.parseDouble(plain);
    return Double.isInfinite(value) ? null : (Double) value;
  }

  /** Whether the text must be quoted, lest it be read as something else. */
  static boolean isAmbiguous(String text) {
    return isInfinite(text)
        || !(value(text) instanceof String)
        || (text.length() <= LONGEST
            && (BASE_60.matcher(text).matches() || TIME.matcher(text).matches()));
  }
}

package io.hawser.template;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers of values of any type, as sprig converts them: what is no number is 0. */
final class Casts {
  private static final Pattern NO_FRACTION = Pattern.compile("(.*)\\.0+");

  private Casts() {}

  static long toLong(@Nullable Object value) {
    if (value instanceof Double number) {
      // What does not fit gives the same as on the processors that sealos runs on.
      return number > -0x1p63 && number < 0x1p63 ? (long) (double) number : Long.MIN_VALUE;
    } else if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    } else if (value instanceof String text) {
      var matcher = NO_FRACTION.matcher(text);
      Long number = GoNumbers.parseInt(matcher.matches() ? matcher.group(1) : text);
      return number == null ? 0 : number;
    }
    Long whole = GoValues.whole(value);
    return whole == null ? 0 : whole;
  }

  static double toDouble(@Nullable Object value) {
    if (value instanceof Double number) {
      return number;
    } else if (value instanceof String text) {
      Double number = GoNumbers.parseFloat(text);
      return number == null ? 0 : number;
    }
    return toLong(value);
  }
}

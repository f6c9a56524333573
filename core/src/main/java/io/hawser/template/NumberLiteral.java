package io.hawser.template;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number as a template writes it. It has no type of its own: a parameter that wants a float takes
 * {@code 1}, and one that wants an int takes {@code 1e3}.
 *
 * @param written as in the template
 * @param whole its value as an int, if it has one
 * @param decimal its value as a float, if it has one
 */
record NumberLiteral(String written, @Nullable Long whole, @Nullable Double decimal) {
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?([0-9](_?[0-9])*\\.?([0-9](_?[0-9])*)?|\\.[0-9](_?[0-9])*)"
              + "([eE][-+]?[0-9](_?[0-9])*)?");
  private static final Pattern HEX_FLOAT =
      Pattern.compile("[-+]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][-+]?[0-9]+");

  /** Null when this is no number. */
  static @Nullable NumberLiteral of(String written) {
    Long whole = GoNumbers.parseInt(written);
    if (whole != null) {
      return new NumberLiteral(written, whole, (double) whole);
    }
    if (GoNumbers.isUnsigned(written)) {
      return new NumberLiteral(written, null, null);
    }
    if (!isFloat(written) || !(DECIMAL.matcher(written).matches() || isHexFloat(written))) {
      return null;
    }
    double value = Double.parseDouble(written.replace("_", ""));
    if (Double.isInfinite(value)) {
      return null;
    }
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < 0x1p63;
    return new NumberLiteral(written, isWhole ? (Long) (long) value : null, value);
  }

  static NumberLiteral ofCharacter(int codePoint) {
    return new NumberLiteral("'", (long) codePoint, (double) codePoint);
  }

  private static boolean isHexFloat(String written) {
    return HEX_FLOAT.matcher(written).matches();
  }

  private static boolean isFloat(String written) {
    boolean hex = written.contains("x") || written.contains("X");
    return written.chars().anyMatch(c -> (hex ? ".pP" : ".eE").indexOf(c) >= 0);
  }

  /** Its value where any type will do: a float if it is written like one, else an int. */
  Object ideal() {
    boolean character = written.equals("'");
    if (!character && decimal != null && isFloat(written)) {
      return decimal;
    }
    if (whole == null) {
      throw new IllegalArgumentException("a number overflows int");
    }
    return whole;
  }
}

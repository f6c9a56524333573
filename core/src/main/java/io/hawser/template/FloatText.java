package io.hawser.template;

import java.util.Locale;

/** Floats by the verbs of fmt. */
final class FloatText {
  private FloatText() {}

  static String of(double number, int verb, int precision) {
    String text =
        switch (verb) {
          case 'f', 'F' -> GoNumbers.fixed(number, precision < 0 ? 6 : precision);
          case 'e', 'E' -> GoNumbers.withExponent(number, precision < 0 ? 6 : precision, 'e');
          case 'b' -> binary(number);
          case 'x', 'X' -> hexadecimal(number);
          default -> GoNumbers.general(number, precision, 6, 'e');
        };
    boolean upper = verb == 'E' || verb == 'G' || verb == 'X';
    return upper && !text.endsWith("Inf") ? text.toUpperCase(Locale.ROOT) : text;
  }

  private static String binary(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return GoNumbers.print(number);
    }
    long bits = Double.doubleToRawLongBits(number);
    int exponent = (int) ((bits >> 52) & 0x7ff);
    long mantissa = (bits & 0xfffffffffffffL) | (exponent == 0 ? 0 : 1L << 52);
    int power = Math.max(1, exponent) - 1075;
    return (bits < 0 ? "-" : "") + mantissa + "p" + (power < 0 ? "" : "+") + power;
  }

  private static String hexadecimal(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return GoNumbers.print(number);
    }
    String sign = number < 0 || 1 / number < 0 ? "-" : "";
    if (number == 0) {
      return sign + "0x0p+00";
    }
    int exponent = Math.getExponent(number);
    // A tiny number that Java would write with a zero first.
    boolean tiny = exponent < Double.MIN_EXPONENT;
    double whole = tiny ? number * 0x1p60 : number;
    int power = tiny ? Math.getExponent(whole) - 60 : exponent;
    String hex = Double.toHexString(Math.abs(Math.scalb(whole, -Math.getExponent(whole))));
    String digits = hex.substring(0, hex.indexOf('p')).replaceFirst("\\.0$", "");
    String size = Math.abs(power) < 10 ? "0" + Math.abs(power) : "" + Math.abs(power);
    return sign + digits + "p" + (power < 0 ? "-" : "+") + size;
  }
}

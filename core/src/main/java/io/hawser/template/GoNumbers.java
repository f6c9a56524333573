package io.hawser.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers read and written as Go's {@code strconv} does. */
final class GoNumbers {
  private static final Pattern WHOLE =
      Pattern.compile(
          "[-+]?(0[xX](_?[0-9a-fA-F])+|0[oO](_?[0-7])+|0[bB](_?[01])+|0(_?[0-7])*|[1-9](_?[0-9])*)");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final int LONGEST = 400;

  private GoNumbers() {}

  /** An int in any base, by its prefix; null if it is none or too large. */
  static @Nullable Long parseInt(String text) {
    BigInteger value = whole(text);
    return value == null || value.bitLength() > 63 ? null : (Long) value.longValue();
  }

  static boolean isUnsigned(String text) {
    BigInteger value = text.startsWith("-") || text.startsWith("+") ? null : whole(text);
    return value != null && value.bitLength() <= 64;
  }

  private static @Nullable BigInteger whole(String text) {
    if (text.length() > LONGEST || !WHOLE.matcher(text).matches()) {
      return null;
    }
    boolean negative = text.startsWith("-");
    String digits = text.replaceFirst("^[-+]", "").replace("_", "");
    int radix = radix(digits);
    int prefix = radix == 10 ? 0 : Character.isLetter(digits.charAt(1)) ? 2 : 1;
    BigInteger value = new BigInteger(digits.substring(prefix), radix);
    return negative ? value.negate() : value;
  }

  private static int radix(String digits) {
    if (digits.length() < 2 || digits.charAt(0) != '0') {
      return 10;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'b', 'B' -> 2;
      default -> 8;
    };
  }

  /** A float; null if it is none. */
  static @Nullable Double parseFloat(String text) {
    if (text.length() <= LONGEST && FLOAT.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? null : (Double) value;
    }
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> null;
    };
  }

  /** The shortest text that reads back as the same number, as {@code %v} and {@code %g}. */
  static String print(double number) {
    return general(number, -1, 6, 'e');
  }

  /** As {@code %v} does, without the digits that Go's fmt allows it. */
  static String general(double number, int precision, int shortestLimit, char exponentSign) {
    String special = special(number);
    if (special != null) {
      return special;
    }
    BigDecimal exact = shortest(number);
    int limit = shortestLimit;
    if (precision >= 0) {
      int digits = Math.max(1, precision);
      exact =
          new BigDecimal(number).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
      exact = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
      limit = digits;
      if (limit > exact.precision() && exact.precision() >= exact.precision() - exact.scale()) {
        limit = exact.precision();
      }
    }
    int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
    String sign = isNegative(number) ? "-" : "";
    if (exponent >= -4 && exponent < limit) {
      return sign + exact.abs().toPlainString();
    }
    return sign + withExponent(exact.abs(), exact.precision() - 1, exponentSign);
  }

  /** {@code %e} with so many digits after the point. */
  static String withExponent(double number, int precision, char sign) {
    String special = special(number);
    if (special != null) {
      return special;
    }
    String minus = isNegative(number) ? "-" : "";
    BigDecimal exact = new BigDecimal(number).abs();
    if (exact.signum() != 0) {
      exact = exact.round(new java.math.MathContext(precision + 1, RoundingMode.HALF_EVEN));
    }
    return minus + withExponent(exact, precision, sign);
  }

  private static String withExponent(BigDecimal number, int precision, char sign) {
    String digits = number.unscaledValue().toString();
    int exponent = number.signum() == 0 ? 0 : digits.length() - number.scale() - 1;
    StringBuilder out = new StringBuilder();
    out.append(digits.charAt(0));
    if (precision > 0) {
      String rest = digits.substring(1);
      out.append('.').append(rest, 0, Math.min(rest.length(), precision));
      out.append("0".repeat(Math.max(0, precision - rest.length())));
    }
    out.append(sign).append(exponent < 0 ? '-' : '+');
    return out.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent)).toString();
  }

  /** {@code %f} with so many digits after the point. */
  static String fixed(double number, int precision) {
    String special = special(number);
    return special != null
        ? special
        : (isNegative(number) ? "-" : "")
            + new BigDecimal(number)
                .abs()
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
  }

  private static boolean isNegative(double number) {
    return number < 0 || 1 / number < 0;
  }

  private static @Nullable String special(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    return Double.isInfinite(number) ? (number > 0 ? "+Inf" : "-Inf") : null;
  }

  /** The decimal with the fewest digits that is this number; JDK 17 may print one digit more. */
  static BigDecimal shortest(double number) {
    BigDecimal printed = new BigDecimal(Double.toString(number));
    if (number == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal best = printed.stripTrailingZeros();
    for (int digits = best.precision() - 1;
        digits > 0 && digits >= best.precision() - 3;
        digits--) {
      BigDecimal shorter =
          new BigDecimal(number).round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN));
      if (shorter.doubleValue() != number) {
        break;
      }
      best = shorter.stripTrailingZeros();
    }
    return best;
  }
}

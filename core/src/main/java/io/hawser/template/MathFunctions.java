package io.hawser.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions on numbers, which they take in any form: also {@code "5"} is one. */
final class MathFunctions {
  private static final int DIVISION_DIGITS = 16;

  private MathFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("int", "a", a -> Casts.toLong(a.get(0)));
    table.add("int64", "a", a -> GoInt.int64(Casts.toLong(a.get(0))));
    table.add("float64", "a", a -> Casts.toDouble(a.get(0)));
    table.add("atoi", "s", a -> atoi(a.text(0)));
    table.add("toDecimal", "a", a -> GoInt.int64(octal(GoValues.print(a.get(0), a.budget()))));
    table.add("add", "a*", a -> whole(0L, a.from(0), Long::sum));
    table.add("add1", "a", a -> GoInt.int64(Casts.toLong(a.get(0)) + 1));
    table.add("sub", "aa", a -> whole(a, (x, y) -> x - y));
    table.add("mul", "aa*", a -> whole(a, (x, y) -> x * y));
    table.add("div", "aa", a -> whole(a, (x, y) -> x / notZero(y)));
    table.add("mod", "aa", a -> whole(a, (x, y) -> x % notZero(y)));
    table.add("max", "aa*", a -> whole(a, Math::max));
    table.add("biggest", "aa*", a -> whole(a, Math::max));
    table.add("min", "aa*", a -> whole(a, Math::min));
    table.add("maxf", "aa*", a -> decimal(a, Math::max));
    table.add("minf", "aa*", a -> decimal(a, Math::min));
    table.add("floor", "a", a -> Math.floor(Casts.toDouble(a.get(0))));
    table.add("ceil", "a", a -> Math.ceil(Casts.toDouble(a.get(0))));
    table.add("round", "aif*", MathFunctions::round);
    table.add("addf", "a*", a -> exact(0L, a.from(0), BigDecimal::add));
    table.add("add1f", "a", a -> exact(1L, a.from(0), BigDecimal::add));
    table.add("subf", "aa*", a -> exact(a.get(0), a.from(1), BigDecimal::subtract));
    table.add("mulf", "aa*", a -> exact(a.get(0), a.from(1), BigDecimal::multiply));
    table.add("divf", "aa*", a -> exact(a.get(0), a.from(1), MathFunctions::divide));
    table.add("until", "i", a -> steps(0, a.integer(0), a.integer(0) < 0 ? -1 : 1, a.budget()));
    table.add("untilStep", "iii", MathFunctions::untilStep);
    table.add("seq", "i*", MathFunctions::sequence);
  }

  private static Object whole(Arguments arguments, LongBinaryOperator operator) {
    return whole(arguments.get(0), arguments.from(1), operator);
  }

  private static Object whole(
      @Nullable Object first, List<@Nullable Object> others, LongBinaryOperator operator) {
    long result = Casts.toLong(first);
    for (Object other : others) {
      result = operator.applyAsLong(result, Casts.toLong(other));
    }
    return GoInt.int64(result);
  }

  private static long notZero(long divisor) {
    if (divisor == 0) {
      throw new IllegalArgumentException("division by zero");
    }
    return divisor;
  }

  private static Object decimal(Arguments arguments, DoubleBinaryOperator operator) {
    double result = Casts.toDouble(arguments.get(0));
    for (Object other : arguments.from(1)) {
      result = operator.applyAsDouble(result, Casts.toDouble(other));
    }
    return result;
  }

  private static Object exact(
      @Nullable Object first, List<@Nullable Object> others, BinaryOperator<BigDecimal> operator) {
    BigDecimal result = exact(first);
    for (Object other : others) {
      result = operator.apply(result, exact(other));
      if (result.precision() > 10_000) {
        throw new IllegalArgumentException("a number of more than 10000 digits");
      }
    }
    return result.doubleValue();
  }

  private static BigDecimal exact(@Nullable Object value) {
    double number = Casts.toDouble(value);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("no finite number");
    }
    return GoNumbers.shortest(number);
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      throw new IllegalArgumentException("division by zero");
    }
    return a.divide(b, DIVISION_DIGITS, RoundingMode.HALF_UP);
  }

  private static Object round(Arguments arguments) {
    double power = Math.pow(10, (double) arguments.integer(1));
    double digits = power * Casts.toDouble(arguments.get(0));
    double limit = arguments.count() > 2 ? arguments.decimal(2) : 0.5;
    double fraction = digits - (digits < 0 ? Math.ceil(digits) : Math.floor(digits));
    return (fraction >= limit ? Math.ceil(digits) : Math.floor(digits)) / power;
  }

  private static long atoi(String text) {
    if (text.length() > 400 || !text.matches("[-+]?[0-9]+")) {
      return 0;
    }
    BigInteger value = new BigInteger(text);
    return value.bitLength() > 63
        ? (value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
        : value.longValue();
  }

  private static long octal(String text) {
    try {
      return text.length() > 100 ? 0 : Long.parseLong(text, 8);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static GoList untilStep(Arguments arguments) {
    return steps(
        arguments.integer(0), arguments.integer(1), arguments.integer(2), arguments.budget());
  }

  private static GoList steps(long start, long stop, long step, Budget budget) {
    if (stop < start ? step >= 0 : step <= 0) {
      return new GoList("int", List.of());
    }
    BigInteger width = BigInteger.valueOf(stop).subtract(BigInteger.valueOf(start)).abs();
    BigInteger size = BigInteger.valueOf(step).abs();
    BigInteger count = width.add(size).subtract(BigInteger.ONE).divide(size);
    budget.makeElements(count.bitLength() > 40 ? Long.MAX_VALUE / 32 : count.longValue());
    List<@Nullable Object> items = new ArrayList<>();
    for (long i = 0; i < count.longValue(); i++) {
      items.add(start + i * step);
    }
    return new GoList("int", Collections.unmodifiableList(items));
  }

  private static String sequence(Arguments arguments) {
    int count = arguments.count();
    if (count == 0 || count > 3) {
      return "";
    }
    long start = count == 1 ? 1 : arguments.integer(0);
    long end = arguments.integer(count - 1);
    long by = end < start ? -1 : 1;
    long step = count == 3 ? arguments.integer(1) : by;
    if (count == 3 && end < start && step > 0) {
      return "";
    }
    GoList steps = steps(start, end + by, step, arguments.budget());
    return GoText.join(GoText.texts(steps, arguments.budget()), " ", arguments.budget());
  }
}

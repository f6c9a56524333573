package io.hawser.template;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** {@code eq}, {@code lt} and their kin: only values of one kind compare. */
final class Comparisons {
  private Comparisons() {}

  static void addTo(FunctionTable table) {
    table.add("eq", "aa*?", Comparisons::equal);
    table.add("ne", "aa?", a -> !equal(a.get(0), a.get(1)));
    table.add("lt", "aa", ordered(order -> order < 0));
    table.add("le", "aa", ordered(order -> order <= 0));
    table.add("gt", "aa", ordered(order -> order > 0));
    table.add("ge", "aa", ordered(order -> order >= 0));
  }

  private static boolean equal(Arguments arguments) {
    Object first = arguments.get(0);
    if (arguments.count() < 2) {
      throw new IllegalArgumentException("expects at least 2 arguments, got 1");
    }
    for (Object other : arguments.from(1)) {
      if (equal(first, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    if (isUncomparable(a) || isUncomparable(b)) {
      throw incompatible(a, b);
    }
    Long left = GoValues.whole(a);
    Long right = GoValues.whole(b);
    if (left != null && right != null) {
      return compare(a, left, b, right) == 0;
    } else if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue();
    } else if (a.getClass() == b.getClass()) {
      return a.equals(b);
    }
    throw incompatible(a, b);
  }

  private static boolean isUncomparable(@Nullable Object value) {
    return value instanceof GoList || value instanceof GoMap;
  }

  private static Function.Body ordered(IntPredicate wanted) {
    return arguments -> wanted.test(compare(arguments.get(0), arguments.get(1)));
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    Long left = GoValues.whole(a);
    Long right = GoValues.whole(b);
    if (a != null && b != null && left != null && right != null) {
      return compare(a, left, b, right);
    } else if (a instanceof Double x && b instanceof Double y) {
      return x.doubleValue() == y.doubleValue() ? 0 : x.compareTo(y);
    } else if (a instanceof String x && b instanceof String y) {
      return GoMap.ORDER.compare(x, y);
    }
    throw incompatible(a, b);
  }

  /** A large unsigned number is above all signed ones. */
  private static int compare(Object a, long left, Object b, long right) {
    boolean hugeLeft = a instanceof GoInt x && x.isUnsigned() && left < 0;
    boolean hugeRight = b instanceof GoInt y && y.isUnsigned() && right < 0;
    return hugeLeft == hugeRight ? Long.compare(left, right) : Boolean.compare(hugeLeft, hugeRight);
  }

  private static IllegalArgumentException incompatible(@Nullable Object a, @Nullable Object b) {
    return new IllegalArgumentException(
        "cannot compare " + GoValues.type(a) + " with " + GoValues.type(b));
  }
}

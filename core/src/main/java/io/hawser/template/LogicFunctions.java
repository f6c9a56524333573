package io.hawser.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions that compare, choose, convert and look up. */
final class LogicFunctions {
  private LogicFunctions() {}

  static void addTo(Map<String, Functions.Body> functions) {
    functions.put("not", a -> !GoValues.isTrue(one(a)));
    functions.put("eq", LogicFunctions::equal);
    functions.put(
        "ne",
        a -> {
          a.count(2, 2);
          return !equal(a);
        });
    functions.put("lt", a -> compare(a) < 0);
    functions.put("le", a -> compare(a) <= 0);
    functions.put("gt", a -> compare(a) > 0);
    functions.put("ge", a -> compare(a) >= 0);
    functions.put("default", LogicFunctions::orDefault);
    functions.put("empty", a -> GoValues.isEmpty(one(a)));
    functions.put("len", a -> GoValues.length(one(a)));
    functions.put("index", LogicFunctions::index);
    functions.put("int", a -> toInt(one(a)));
    functions.put("toString", a -> GoValues.print(one(a)));
    functions.put("semverCompare", LogicFunctions::matchesVersion);
  }

  private static @Nullable Object one(Arguments arguments) {
    arguments.count(1, 1);
    return arguments.get(0);
  }

  private static boolean equal(Arguments arguments) {
    arguments.count(2, Integer.MAX_VALUE);
    Object first = arguments.get(0);
    for (Object other : arguments.from(1)) {
      if (equal(first, other)) {
        return true;
      }
    }
    return false;
  }

  private static boolean equal(@Nullable Object a, @Nullable Object b) {
    if (a == null || Missing.isNil(a) || Missing.isNil(b)) {
      return Missing.isNil(a) && Missing.isNil(b);
    }
    if (isBasic(a) && isBasic(b) && GoValues.type(a).equals(GoValues.type(b))) {
      return a.equals(b);
    }
    throw incompatible(a, b);
  }

  private static boolean isBasic(@Nullable Object value) {
    return !(value instanceof List || value instanceof Map || Missing.isNil(value));
  }

  private static int compare(Arguments arguments) {
    arguments.count(2, 2);
    Object a = arguments.get(0);
    Object b = arguments.get(1);
    if (a instanceof Long left && b instanceof Long right) {
      return left.compareTo(right);
    } else if (a instanceof Double left && b instanceof Double right) {
      return left.compareTo(right);
    } else if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    }
    throw incompatible(a, b);
  }

  private static IllegalArgumentException incompatible(@Nullable Object a, @Nullable Object b) {
    return new IllegalArgumentException(
        "cannot compare " + GoValues.type(a) + " with " + GoValues.type(b));
  }

  private static @Nullable Object orDefault(Arguments arguments) {
    arguments.count(1, 2);
    boolean given = arguments.count() == 2 && !GoValues.isEmpty(arguments.get(1));
    return arguments.get(given ? 1 : 0);
  }

  private static @Nullable Object index(Arguments arguments) {
    arguments.count(1, Integer.MAX_VALUE);
    Object value = arguments.get(0);
    for (int i = 1; i < arguments.count(); i++) {
      if (value instanceof Map<?, ?> map) {
        String key = arguments.text(i);
        value = map.containsKey(key) ? map.get(key) : new Missing(key);
      } else if (value instanceof List<?> items) {
        value = items.get(within(arguments.integer(i), items.size()));
      } else if (value instanceof String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        value = (long) (bytes[within(arguments.integer(i), bytes.length)] & 0xff);
      } else {
        throw new IllegalArgumentException("index of a " + GoValues.type(value));
      }
    }
    return value;
  }

  private static int within(long index, int size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException("index " + index + " is out of range, size " + size);
    }
    return (int) index;
  }

  /** Like sprig: what is no number is 0. */
  private static long toInt(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.longValue();
    } else if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    } else if (value instanceof String text) {
      try {
        return GoLiterals.number(text, "", 0) instanceof Long number ? number : 0;
      } catch (TemplateException e) {
        return 0;
      }
    }
    return 0;
  }

  private static boolean matchesVersion(Arguments arguments) {
    arguments.count(2, 2);
    return VersionRange.parse(arguments.text(0)).matches(Version.parse(arguments.text(1)));
  }
}

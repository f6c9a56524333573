package io.hawser.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values as a template sees them: String, Boolean, Long (Go's int), Double (float64), {@link GoInt}
 * (other whole numbers), {@link GoList}, {@link GoMap}, {@link Version}, nil.
 */
final class GoValues {
  /** How deep values may be nested; {@code set} could make a map its own element. */
  static final int DEEPEST = 100;

  private static final int DEEPEST_DATA = 50;

  /** What it weighs to compare two values, in characters. */
  private static final int COMPARISON = 20;

  private GoValues() {}

  /** Copies Java data. */
  static GoMap of(Map<?, ?> data) {
    return map(data, 0);
  }

  private static GoMap map(Map<?, ?> data, int depth) {
    GoMap copy = new GoMap(GoList.ANY, data.size());
    data.forEach((key, value) -> copy.put(String.valueOf(key), value(value, depth + 1)));
    return copy;
  }

  /** Copies one value of Java data. */
  static @Nullable Object value(@Nullable Object value) {
    return value(value, 0);
  }

  private static @Nullable Object value(@Nullable Object value, int depth) {
    if (depth > DEEPEST_DATA) {
      throw new IllegalArgumentException("template data is nested deeper than " + DEEPEST_DATA);
    }
    if (value == null || value instanceof Boolean) {
      return value;
    } else if (value instanceof CharSequence || value instanceof Character) {
      return value.toString();
    } else if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).longValue();
    } else if (value instanceof Map<?, ?> map) {
      return map(map, depth);
    } else if (value instanceof Collection<?> items) {
      List<@Nullable Object> copy = new ArrayList<>();
      items.forEach(item -> copy.add(value(item, depth + 1)));
      return GoList.of(copy);
    }
    // Never by toString(): that would print the stars of a Secret, or an object's identity.
    throw new IllegalArgumentException(
        "template data of type " + value.getClass().getName() + " is not supported");
  }

  /** What {@code if} asks. */
  static boolean isTrue(@Nullable Object value) {
    return !isEmpty(value);
  }

  static boolean isEmpty(@Nullable Object value) {
    if (value instanceof String text) {
      return text.isEmpty();
    } else if (value instanceof Boolean truth) {
      return !truth;
    } else if (value instanceof Long number) {
      return number == 0;
    } else if (value instanceof GoInt number) {
      return number.value() == 0;
    } else if (value instanceof Double number) {
      return number == 0;
    } else if (value instanceof GoList list) {
      return list.size() == 0;
    } else if (value instanceof GoMap map) {
      return map.size() == 0;
    }
    return Missing.isNil(value);
  }

  /** The name of the type, as Go names it. */
  static String type(@Nullable Object value) {
    if (value instanceof GoList list) {
      return "[]" + list.element();
    } else if (value instanceof GoMap map) {
      return "map[string]" + map.element();
    } else if (value instanceof Version) {
      return "*semver.Version";
    } else if (value instanceof GoInt number) {
      return number.type();
    }
    return kind(value);
  }

  /** The kind, as Go names it, but nil for what has none. */
  static String kind(@Nullable Object value) {
    if (value instanceof String) {
      return "string";
    } else if (value instanceof Long) {
      return "int";
    } else if (value instanceof Double) {
      return "float64";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof GoList) {
      return "slice";
    } else if (value instanceof GoMap) {
      return "map";
    } else if (value instanceof Version) {
      return "ptr";
    }
    return value instanceof GoInt number ? number.type() : "nil";
  }

  /** The value as Go's {@code %v} writes it. */
  static String print(@Nullable Object value, Budget budget) {
    if (value instanceof String text) {
      return text;
    } else if (value instanceof Boolean || value instanceof Long || value instanceof GoInt) {
      return value.toString();
    }
    return new GoPrinter(budget).print(value);
  }

  /** A whole number of any type; null for other values. */
  static @Nullable Long whole(@Nullable Object value) {
    if (value instanceof GoInt number) {
      return number.value();
    }
    return value instanceof Long number ? number : null;
  }

  /** The length as Go counts it: bytes of a text, elements of the others. */
  static long length(@Nullable Object value) {
    if (value instanceof String text) {
      return ByteText.length(text);
    } else if (value instanceof GoList list) {
      return list.size();
    } else if (value instanceof GoMap map) {
      return map.size();
    }
    throw new IllegalArgumentException("len of type " + type(value));
  }

  /** Whether both are the same, types included, as Go's {@code reflect.DeepEqual}. */
  static boolean deepEqual(@Nullable Object a, @Nullable Object b, Budget budget) {
    return deepEqual(a, b, budget, 0);
  }

  private static boolean deepEqual(
      @Nullable Object a, @Nullable Object b, Budget budget, int depth) {
    checkDepth(depth);
    budget.work(COMPARISON);
    if (a == null || b == null) {
      return a == null && b == null;
    } else if (a instanceof GoList left && b instanceof GoList right) {
      boolean same = left.size() == right.size() && left.element().equals(right.element());
      for (int i = 0; same && i < left.size(); i++) {
        same = deepEqual(left.items().get(i), right.items().get(i), budget, depth + 1);
      }
      return same;
    } else if (a instanceof GoMap left && b instanceof GoMap right) {
      boolean same = left.size() == right.size() && left.element().equals(right.element());
      for (String key : left.names()) {
        same = same && right.has(key);
        same = same && deepEqual(left.get(key), right.get(key), budget, depth + 1);
      }
      return same;
    } else if (a instanceof Double left && b instanceof Double right) {
      return left.doubleValue() == right.doubleValue();
    }
    return a.equals(b);
  }

  static void checkDepth(int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("a value is nested deeper than " + DEEPEST);
    }
  }
}

package io.hawser.template;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as a template sees them: String, Long, Double, Boolean, List, Map with String keys in
 * order (as Go ranges over maps), nil.
 */
final class GoValues {
  private static final int DEEPEST = 50;

  private GoValues() {}

  /** Copies Java data. */
  static Map<String, @Nullable Object> of(Map<?, ?> data) {
    return map(data, 0);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> data, int depth) {
    Map<String, @Nullable Object> copy = new TreeMap<>();
    data.forEach((key, value) -> copy.put(String.valueOf(key), value(value, depth + 1)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object value(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("template data is nested deeper than " + DEEPEST);
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
      return Collections.unmodifiableList(copy);
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
    if (value == null || value instanceof Missing) {
      return true;
    } else if (value instanceof Boolean truth) {
      return !truth;
    } else if (value instanceof Number number) {
      return number.doubleValue() == 0;
    } else if (value instanceof Collection<?> items) {
      return items.isEmpty();
    } else if (value instanceof Map<?, ?> map) {
      return map.isEmpty();
    }
    return value.toString().isEmpty();
  }

  /** The name of the type, as Go names it. */
  static String type(@Nullable Object value) {
    if (value instanceof String) {
      return "string";
    } else if (value instanceof Long) {
      return "int";
    } else if (value instanceof Double) {
      return "float64";
    } else if (value instanceof Boolean) {
      return "bool";
    } else if (value instanceof List) {
      return "list";
    } else if (value instanceof Map) {
      return "map";
    }
    return "nil";
  }

  /** The value as Go's {@code %v} writes it. */
  static String print(@Nullable Object value) {
    if (value instanceof List<?> items) {
      List<String> texts = new ArrayList<>();
      items.forEach(item -> texts.add(print(item)));
      return "[" + String.join(" ", texts) + "]";
    } else if (value instanceof Map<?, ?> map) {
      List<String> texts = new ArrayList<>();
      map.forEach((key, item) -> texts.add(key + ":" + print(item)));
      return "map[" + String.join(" ", texts) + "]";
    } else if (value instanceof Double number) {
      return print(number.doubleValue());
    }
    return Missing.isNil(value) ? "<nil>" : String.valueOf(value);
  }

  private static String print(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    } else if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (number == 0 || (exponent >= -4 && exponent < 21)) {
      return exact.signum() == 0 ? "0" : exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = exponent < 0 ? "-" : "+";
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return (number < 0 ? "-" : "") + mantissa + "e" + sign + power;
  }

  /** The length as Go counts it: bytes of a text, elements of the others. */
  static long length(@Nullable Object value) {
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8).length;
    } else if (value instanceof List<?> items) {
      return items.size();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    throw new IllegalArgumentException("len of type " + type(value));
  }
}

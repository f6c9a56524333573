package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that Go's text/template has by itself, but for comparisons. */
final class CoreFunctions {
  private CoreFunctions() {}

  static void addTo(FunctionTable table) {
    // The evaluator does these, since they must not look at what comes after their answer.
    table.add(Functions.AND, "aa*?", CoreFunctions::never);
    table.add(Functions.OR, "aa*?", CoreFunctions::never);
    table.add("not", "a?", a -> !GoValues.isTrue(a.get(0)));
    table.add("len", "a", a -> GoValues.length(a.get(0)));
    table.add("index", "aa*", CoreFunctions::index);
    table.add("call", "aa*", CoreFunctions::call);
    table.add("print", "a*", a -> GoPrinter.all(a.from(0), false, a.budget()));
    table.add("println", "a*", a -> GoPrinter.all(a.from(0), true, a.budget()));
    table.add("printf", "sa*", a -> GoFormat.format(a.text(0), a.from(1), a.budget()));
    table.add("html", "a*", a -> Escapes.html(joined(a)));
    table.add("js", "a*", a -> Escapes.javaScript(joined(a)));
    table.add("urlquery", "a*", a -> Escapes.query(joined(a)));
  }

  private static Object never(Arguments arguments) {
    throw new AssertionError("evaluated elsewhere");
  }

  private static Object call(Arguments arguments) {
    throw new IllegalArgumentException(
        "no value is a function, also not a " + GoValues.type(arguments.get(0)));
  }

  private static String joined(Arguments arguments) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : arguments.from(0)) {
      values.add(value == null ? "<no value>" : value);
    }
    String text = GoPrinter.all(values, false, arguments.budget());
    arguments.budget().make(text.length());
    return text;
  }

  private static @Nullable Object index(Arguments arguments) {
    Object value = arguments.get(0);
    if (value == null) {
      throw new IllegalArgumentException("index of a nil");
    }
    for (int i = 1; i < arguments.count(); i++) {
      value = at(value, arguments.get(i));
    }
    return value;
  }

  private static @Nullable Object at(@Nullable Object value, @Nullable Object index) {
    if (value instanceof GoMap map) {
      if (index instanceof String key) {
        return map.has(key) || map.element().equals(GoList.ANY) ? found(map, key) : "";
      }
      throw new IllegalArgumentException("index of a map by " + GoValues.type(index));
    } else if (value instanceof GoList list) {
      return list.items().get(within(index, list.size()));
    } else if (value instanceof String text) {
      byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return new GoInt("uint8", bytes[within(index, bytes.length)] & 0xff);
    }
    throw new IllegalArgumentException("index of a " + GoValues.type(value));
  }

  private static @Nullable Object found(GoMap map, String key) {
    return map.has(key) ? map.get(key) : new Missing(key);
  }

  private static int within(@Nullable Object index, int size) {
    Long whole = GoValues.whole(index);
    if (whole == null) {
      throw new IllegalArgumentException("index by " + GoValues.type(index));
    }
    if (whole < 0 || whole >= size) {
      throw new IllegalArgumentException("index " + whole + " is out of range, size " + size);
    }
    return whole.intValue();
  }
}

package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that choose between values, or refuse. */
final class DefaultFunctions {
  private DefaultFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("default", "aa*?", DefaultFunctions::orDefault);
    table.add("empty", "a?", a -> GoValues.isEmpty(a.get(0)));
    table.add("coalesce", "a*?", a -> firstGiven(a.from(0)));
    table.add("all", "a*?", a -> a.from(0).stream().noneMatch(GoValues::isEmpty));
    table.add("any", "a*?", a -> !a.from(0).stream().allMatch(GoValues::isEmpty));
    table.add("ternary", "aab?", a -> a.flag(2) ? a.get(0) : a.get(1));
    table.add("required", "sa?", DefaultFunctions::required);
    table.add(
        "fail",
        "s",
        a -> {
          throw new IllegalArgumentException(a.text(0));
        });
  }

  private static @Nullable Object orDefault(Arguments arguments) {
    boolean given = arguments.count() > 1 && !GoValues.isEmpty(arguments.get(1));
    return arguments.get(given ? 1 : 0);
  }

  private static @Nullable Object firstGiven(List<@Nullable Object> values) {
    for (Object value : values) {
      if (!GoValues.isEmpty(value)) {
        return value;
      }
    }
    return null;
  }

  private static Object required(Arguments arguments) {
    Object value = arguments.get(1);
    if (value == null || value.equals("")) {
      throw new IllegalArgumentException(arguments.text(0));
    }
    return value;
  }
}

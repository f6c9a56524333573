package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions on maps. Like sprig's, {@code set}, {@code unset} and {@code merge} change theirs. */
final class DictFunctions {
  private DictFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("dict", "a*", DictFunctions::made);
    table.add("get", "ms", a -> a.map(0).has(a.text(1)) ? a.map(0).get(a.text(1)) : "");
    table.add("set", "msa", DictFunctions::set);
    table.add("unset", "ms", DictFunctions::unset);
    table.add("hasKey", "ms?", a -> a.map(0).has(a.text(1)));
    table.add("pluck", "sm*", DictFunctions::pluck);
    table.add("keys", "m*", DictFunctions::keys);
    table.add("values", "m", DictFunctions::values);
    table.add("pick", "ms*", a -> chosen(a, true));
    table.add("omit", "ms*", a -> chosen(a, false));
    table.addBoth("merge", "mm*", a -> merged(a, false));
    table.addBoth("mergeOverwrite", "mm*", a -> merged(a, true));
    table.addBoth("deepCopy", "a", DictFunctions::copied);
    table.add("dig", "a*", DictFunctions::dig);
  }

  private static GoMap made(Arguments arguments) {
    arguments.budget().makeElements(arguments.count());
    GoMap map = new GoMap();
    for (int i = 0; i < arguments.count(); i += 2) {
      String key = GoValues.print(arguments.get(i), arguments.budget());
      map.put(key, i + 1 < arguments.count() ? arguments.get(i + 1) : "");
    }
    return map;
  }

  private static GoMap set(Arguments arguments) {
    if (arguments.get(0) == null) {
      throw new IllegalArgumentException("argument 1 must be a map, not nil");
    }
    arguments.budget().makeElement();
    arguments.budget().makeElement();
    arguments.map(0).put(arguments.text(1), arguments.get(2));
    return arguments.map(0);
  }

  private static GoMap unset(Arguments arguments) {
    arguments.map(0).remove(arguments.text(1));
    return arguments.map(0);
  }

  private static GoList pluck(Arguments arguments) {
    List<@Nullable Object> found = new ArrayList<>();
    for (int i = 1; i < arguments.count(); i++) {
      if (arguments.map(i).has(arguments.text(0))) {
        found.add(arguments.map(i).get(arguments.text(0)));
      }
    }
    return GoList.of(found);
  }

  /** Go's order is by chance; here it is that of {@code range}. */
  private static GoList keys(Arguments arguments) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      arguments.budget().makeElements(arguments.map(i).size());
      keys.addAll(arguments.map(i).keys());
    }
    return GoList.texts(keys);
  }

  private static GoList values(Arguments arguments) {
    arguments.budget().makeElements(arguments.map(0).size());
    List<@Nullable Object> values = new ArrayList<>();
    for (String key : arguments.map(0).keys()) {
      values.add(arguments.map(0).get(key));
    }
    return GoList.of(values);
  }

  private static GoMap chosen(Arguments arguments, boolean named) {
    GoMap map = arguments.map(0);
    List<String> names = arguments.texts(1);
    arguments.budget().makeElements(map.size());
    arguments.budget().work((long) map.size() * names.size());
    GoMap chosen = new GoMap();
    for (String key : map.names()) {
      if (names.contains(key) == named) {
        chosen.put(key, map.get(key));
      }
    }
    return chosen;
  }

  private static GoMap merged(Arguments arguments, boolean overwrite) {
    GoMap target = arguments.map(0);
    for (int i = 1; i < arguments.count(); i++) {
      merge(target, arguments.map(i), overwrite, arguments.budget(), 0);
    }
    return target;
  }

  private static boolean isFilledBy(@Nullable Object present, @Nullable Object given) {
    return given != null && GoValues.isEmpty(present);
  }

  /** Only a map does not stand where something else stood. */
  private static boolean replaces(@Nullable Object present, @Nullable Object given) {
    return GoValues.isEmpty(present) || !(given instanceof GoMap);
  }

  private static void merge(
      GoMap target, GoMap source, boolean overwrite, Budget budget, int depth) {
    GoValues.checkDepth(depth);
    budget.makeElements(source.size());
    for (String key : source.keys()) {
      Object given = source.get(key);
      Object present = target.get(key);
      if (present instanceof GoMap left && given instanceof GoMap right) {
        merge(left, right, overwrite, budget, depth + 1);
      } else if (overwrite ? replaces(present, given) : isFilledBy(present, given)) {
        target.put(key, given);
      }
    }
  }

  private static @Nullable Object copied(Arguments arguments) {
    if (arguments.get(0) == null) {
      throw new IllegalArgumentException("argument 1 is nil");
    }
    return copy(arguments.get(0), arguments.budget(), 0);
  }

  static @Nullable Object copy(@Nullable Object value, Budget budget, int depth) {
    GoValues.checkDepth(depth);
    if (value instanceof GoList list) {
      budget.makeElements(list.size());
      List<@Nullable Object> items = new ArrayList<>();
      for (Object item : list.items()) {
        items.add(copy(item, budget, depth + 1));
      }
      return new GoList(list.element(), items);
    } else if (value instanceof GoMap map) {
      budget.makeElements(map.size());
      GoMap copied = new GoMap(map.element(), map.size());
      for (String key : map.names()) {
        copied.put(key, copy(map.get(key), budget, depth + 1));
      }
      return copied;
    }
    return value;
  }

  private static @Nullable Object dig(Arguments arguments) {
    int last = arguments.count() - 1;
    if (last < 2) {
      throw new IllegalArgumentException("expects at least 3 arguments, got " + (last + 1));
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < last - 1; i++) {
      keys.add(arguments.text(i));
    }
    Object value = arguments.get(last);
    for (String key : keys) {
      if (!(value instanceof GoMap map) || !map.element().equals(GoList.ANY)) {
        throw new IllegalArgumentException("dig into a " + GoValues.type(value));
      }
      if (!map.has(key)) {
        return arguments.get(last - 1);
      }
      value = map.get(key);
    }
    return value;
  }
}

package io.hawser.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions on lists; none changes the list that it gets. */
final class ListFunctions {
  private ListFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("list", "a*", ListFunctions::made);
    table.add("tuple", "a*", ListFunctions::made);
    table.addBoth("first", "a", a -> a.list(0).size() == 0 ? null : a.list(0).items().get(0));
    table.addBoth("last", "a", ListFunctions::last);
    table.addBoth("rest", "a", a -> part(a.list(0), Math.min(1, a.list(0).size()), 0, a));
    table.addBoth("initial", "a", a -> part(a.list(0), 0, Math.min(1, a.list(0).size()), a));
    table.addBoth("append", "aa", a -> with(a, false));
    table.addBoth("push", "aa", a -> with(a, false));
    table.addBoth("prepend", "aa", a -> with(a, true));
    table.addBoth("reverse", "a", ListFunctions::reversed);
    table.addBoth("uniq", "a", ListFunctions::distinct);
    table.addBoth("without", "aa*", ListFunctions::without);
    table.addBoth("has", "aa", ListFunctions::has);
    table.addBoth("compact", "a", ListFunctions::compact);
    table.addBoth("slice", "aa*", ListFunctions::slice);
    table.addBoth("chunk", "ia", ListFunctions::chunks);
    table.add("concat", "a*", ListFunctions::concat);
  }

  private static GoList made(Arguments arguments) {
    return made(arguments.from(0), arguments);
  }

  private static GoList made(List<@Nullable Object> items, Arguments arguments) {
    arguments.budget().copyElements(items.size());
    return GoList.of(items);
  }

  private static @Nullable Object last(Arguments arguments) {
    List<@Nullable Object> items = arguments.list(0).items();
    return items.isEmpty() ? null : items.get(items.size() - 1);
  }

  private static GoList part(GoList list, int skipped, int dropped, Arguments arguments) {
    return made(list.items().subList(skipped, list.size() - dropped), arguments);
  }

  private static GoList with(Arguments arguments, boolean first) {
    List<@Nullable Object> items = new ArrayList<>(arguments.list(0).items());
    items.add(first ? 0 : items.size(), arguments.get(1));
    return made(items, arguments);
  }

  private static GoList reversed(Arguments arguments) {
    List<@Nullable Object> items = new ArrayList<>(arguments.list(0).items());
    Collections.reverse(items);
    return made(items, arguments);
  }

  private static GoList distinct(Arguments arguments) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Object item : arguments.list(0).items()) {
      if (!contains(items, item, arguments.budget())) {
        items.add(item);
      }
    }
    return made(items, arguments);
  }

  private static boolean contains(
      List<@Nullable Object> items, @Nullable Object wanted, Budget budget) {
    for (Object item : items) {
      if (GoValues.deepEqual(item, wanted, budget)) {
        return true;
      }
    }
    return false;
  }

  private static GoList without(Arguments arguments) {
    List<@Nullable Object> items = new ArrayList<>();
    for (Object item : arguments.list(0).items()) {
      if (!contains(arguments.from(1), item, arguments.budget())) {
        items.add(item);
      }
    }
    return made(items, arguments);
  }

  private static boolean has(Arguments arguments) {
    return arguments.get(1) != null
        && contains(arguments.list(1).items(), arguments.get(0), arguments.budget());
  }

  private static GoList compact(Arguments arguments) {
    List<@Nullable Object> items = new ArrayList<>(arguments.list(0).items());
    items.removeIf(GoValues::isEmpty);
    return made(items, arguments);
  }

  private static @Nullable Object slice(Arguments arguments) {
    GoList list = arguments.list(0);
    if (list.size() == 0) {
      return null;
    }
    long from = arguments.count() > 1 ? Casts.toLong(arguments.get(1)) : 0;
    long to = arguments.count() > 2 ? Casts.toLong(arguments.get(2)) : list.size();
    if (from < 0 || from > to || to > list.size()) {
      throw new IllegalArgumentException("the part is out of range, size " + list.size());
    }
    arguments.budget().copyElements(to - from);
    return new GoList(list.element(), list.items().subList((int) from, (int) to));
  }

  private static GoList chunks(Arguments arguments) {
    long size = arguments.integer(0);
    List<@Nullable Object> items = arguments.list(1).items();
    if (size <= 0) {
      throw new IllegalArgumentException("the size is not positive");
    }
    List<@Nullable Object> chunks = new ArrayList<>();
    int at = 0;
    while (at < items.size()) {
      int end = (int) Math.min(items.size(), at + size);
      chunks.add(made(items.subList(at, end), arguments));
      at = end;
    }
    return new GoList("[]" + GoList.ANY, Collections.unmodifiableList(chunks));
  }

  private static GoList concat(Arguments arguments) {
    long count = 0;
    for (int i = 0; i < arguments.count(); i++) {
      count += arguments.list(i).size();
    }
    arguments.budget().copyElements(count);
    List<@Nullable Object> items = new ArrayList<>();
    for (int i = 0; i < arguments.count(); i++) {
      items.addAll(arguments.list(i).items());
    }
    return GoList.of(items);
  }
}

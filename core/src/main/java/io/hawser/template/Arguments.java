package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a function call, of the types that its parameters want. What is wrong with one
 * is said by its place, never by its value.
 */
final class Arguments {
  private final List<@Nullable Object> values;
  private final Budget budget;

  Arguments(List<@Nullable Object> values, Budget budget) {
    this.values = values;
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  int count() {
    return values.size();
  }

  @Nullable Object get(int index) {
    return values.get(index);
  }

  List<@Nullable Object> from(int index) {
    return values.subList(index, values.size());
  }

  String text(int index) {
    return value(index, String.class);
  }

  /** All texts from a place on. */
  List<String> texts(int from) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < values.size(); i++) {
      texts.add(text(i));
    }
    return texts;
  }

  long integer(int index) {
    return value(index, Long.class);
  }

  double decimal(int index) {
    return value(index, Double.class);
  }

  boolean flag(int index) {
    return value(index, Boolean.class);
  }

  /** A nil map is an empty one. */
  GoMap map(int index) {
    return values.get(index) == null ? new GoMap() : value(index, GoMap.class);
  }

  /** A list, also a nil one where sprig takes it. */
  GoList list(int index) {
    return value(index, GoList.class);
  }

  private <T> T value(int index, Class<T> type) {
    Object value = values.get(index);
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw wrong(index, type);
  }

  private IllegalArgumentException wrong(int index, Class<?> type) {
    String wanted =
        type == GoList.class ? "list" : type == GoMap.class ? "map" : type.getSimpleName();
    return new IllegalArgumentException(
        "argument "
            + (index + 1)
            + " must be a "
            + wanted
            + ", not "
            + GoValues.type(values.get(index)));
  }
}

package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a function call. A wrong one is named by its place, never by its value. */
final class Arguments {
  private final List<@Nullable Object> values;

  Arguments(List<@Nullable Object> values) {
    this.values = values;
  }

  int count() {
    return values.size();
  }

  void count(int least, int most) {
    if (values.size() < least || values.size() > most) {
      String wanted = least == most ? "" + least : "at least " + least;
      throw new IllegalArgumentException("expects " + wanted + " arguments, got " + values.size());
    }
  }

  @Nullable Object get(int index) {
    return values.get(index);
  }

  List<@Nullable Object> from(int index) {
    return values.subList(index, values.size());
  }

  /** A measure of the work that a function may have with them. */
  long characters() {
    long characters = 0;
    for (Object value : values) {
      characters += value instanceof String text ? text.length() : GoValues.print(value).length();
    }
    return characters;
  }

  String text(int index) {
    if (values.get(index) instanceof String text) {
      return text;
    }
    throw wrong(index, "string");
  }

  long integer(int index) {
    if (values.get(index) instanceof Long number) {
      return number;
    }
    throw wrong(index, "int");
  }

  private IllegalArgumentException wrong(int index, String wanted) {
    return new IllegalArgumentException(
        "argument "
            + (index + 1)
            + " must be a "
            + wanted
            + ", not "
            + GoValues.type(values.get(index)));
  }
}

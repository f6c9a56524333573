package io.hawser.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes fields of a JSON object apart and remembers what was wrong by its place, so that all faults
 * are told at once.
 */
final class JsonFields {
  private final Map<?, ?> fields;
  private final String place;
  private final List<String> faults;

  private JsonFields(Map<?, ?> fields, String place, List<String> faults) {
    this.fields = fields;
    this.place = place;
    this.faults = faults;
  }

  /** The fields of a document; none when it is no object, which is a fault. */
  static JsonFields of(@Nullable Object document, List<String> faults) {
    return of(document, "", faults);
  }

  private static JsonFields of(@Nullable Object value, String place, List<String> faults) {
    if (value instanceof Map<?, ?> map) {
      return new JsonFields(map, place.isEmpty() ? "" : place + ".", faults);
    }
    faults.add((place.isEmpty() ? "the document" : place) + " is not an object");
    return new JsonFields(Map.of(), "", new ArrayList<>());
  }

  String text(String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    fault(name, "a text");
    return "";
  }

  @Nullable String textOrNull(String name) {
    return fields.get(name) == null ? null : text(name);
  }

  /** A whole number from zero on. */
  long count(String name) {
    if (fields.get(name) instanceof Long number && number >= 0) {
      return number;
    }
    fault(name, "a whole number from 0 on");
    return 0;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name)) {
      if (item instanceof String text) {
        texts.add(text);
      } else {
        faults.add(place + name + "[" + texts.size() + "] is not a text");
        texts.add("");
      }
    }
    return texts;
  }

  /** The objects of a list; one that may be missing is empty then. */
  <T> List<T> objects(
      String name, boolean optional, BiFunction<JsonFields, List<String>, T> reading) {
    List<T> read = new ArrayList<>();
    if (optional && !fields.containsKey(name)) {
      return read;
    }
    for (Object item : list(name)) {
      String where = place + name + "[" + read.size() + "]";
      read.add(reading.apply(of(item, where, faults), faults));
    }
    return read;
  }

  private List<?> list(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    fault(name, "a list");
    return List.of();
  }

  /** Says that a field is not what it has to be. */
  void fault(String name, String wanted) {
    faults.add(
        place + name + (fields.containsKey(name) ? " is not " + wanted : " is missing: " + wanted));
  }
}

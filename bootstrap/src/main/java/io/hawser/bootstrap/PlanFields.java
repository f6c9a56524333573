package io.hawser.bootstrap;

import io.hawser.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An object of a plan that is read from JSON, with its place for messages. */
record PlanFields(String place, Map<?, ?> fields) {
  /** The document. */
  static PlanFields parse(String json) {
    Object document;
    try {
      document = JsonText.parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "this is no plan, or it is damaged: " + e.getMessage() + " of " + json.length(), e);
    }
    if (!(document instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("this is no plan: the JSON document is no object");
    }
    return new PlanFields("", map);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw bad(name, "a text");
  }

  boolean flag(String name) {
    return word(name, Map.of("true", true, "false", false));
  }

  <T> T word(String name, Map<String, T> words) {
    T meant = words.get(text(name));
    if (meant == null) {
      throw bad(name, "one of " + words.keySet().stream().sorted().toList());
    }
    return meant;
  }

  /** A number of files or bytes. */
  long number(String name) {
    String digits = text(name);
    if (!digits.matches("[0-9]{1,18}")) {
      throw bad(name, "a number");
    }
    return Long.parseLong(digits);
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof String text)) {
        throw bad(name, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  List<PlanFields> all(String name) {
    List<PlanFields> objects = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw bad(name, "a list of objects");
      }
      objects.add(new PlanFields(place + name + "[" + objects.size() + "].", map));
    }
    return objects;
  }

  private List<?> list(String name) {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw bad(name, "a list");
  }

  private IllegalArgumentException bad(String name, String wanted) {
    Object value = fields.get(name);
    String found = value == null ? "is missing" : "is not " + wanted;
    return new IllegalArgumentException(
        "this is no plan, or it is damaged: " + place + name + " " + found);
  }
}

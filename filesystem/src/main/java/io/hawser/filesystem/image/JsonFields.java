package io.hawser.filesystem.image;

import io.hawser.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON document in an archive. A field that is missing or null reads as empty, one
 * of another type is refused.
 *
 * @param where the document's name and the way to the object, for messages
 */
record JsonFields(String where, Map<?, ?> fields) {
  /** Numbers and words are read as texts, {@code null} among them. */
  private static final String NULL = "null";

  /** Reads a document that is an object. */
  static JsonFields object(byte[] document, String where) throws IOException {
    return of(parse(document, where), where);
  }

  /** Reads a document that is a list of objects. */
  static List<JsonFields> list(byte[] document, String where) throws IOException {
    return objects(parse(document, where), where);
  }

  /** Whether a document is a list. */
  static boolean isList(byte[] document, String where) throws IOException {
    return parse(document, where) instanceof List<?>;
  }

  private static Object parse(byte[] document, String where) throws IOException {
    try {
      return JsonText.parse(new String(document, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new MalformedImage(where + ": " + e.getMessage(), e);
    }
  }

  private static JsonFields of(@Nullable Object value, String where) throws IOException {
    if (value instanceof Map<?, ?> map) {
      return new JsonFields(where, map);
    }
    throw new MalformedImage(where + " is no object");
  }

  private static List<JsonFields> objects(@Nullable Object value, String where) throws IOException {
    List<JsonFields> objects = new ArrayList<>();
    for (Object item : items(value, where)) {
      objects.add(of(item, where + "[" + objects.size() + "]"));
    }
    return objects;
  }

  private static List<?> items(@Nullable Object value, String where) throws IOException {
    if (value == null || value.equals(NULL)) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new MalformedImage(where + " is no list");
  }

  private String path(String name) {
    return where + ": " + name;
  }

  boolean has(String name) {
    Object value = fields.get(name);
    return value != null && !value.equals(NULL);
  }

  /** A text; empty when there is none. */
  String text(String name) throws IOException {
    if (!has(name)) {
      return "";
    }
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new MalformedImage(path(name) + " is no text");
  }

  JsonFields fields(String name) throws IOException {
    return has(name) ? of(fields.get(name), path(name)) : new JsonFields(path(name), Map.of());
  }

  List<JsonFields> objects(String name) throws IOException {
    return objects(fields.get(name), path(name));
  }

  List<String> texts(String name) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Object item : items(fields.get(name), path(name))) {
      if (!(item instanceof String text)) {
        throw new MalformedImage(path(name) + " holds what is no text");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A size in bytes. */
  long size(String name) throws IOException {
    String text = text(name);
    if (!text.matches("[0-9]{1,18}")) {
      throw new MalformedImage(path(name) + " is no size");
    }
    return Long.parseLong(text);
  }
}

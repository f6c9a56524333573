package io.hawser.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON: objects as maps, arrays as lists, strings, numbers as {@link Double}, booleans. Kept
 * apart from what Hawser itself reads manifests with, so that the testkit judges by its own eyes.
 */
final class JsonText {
  private static final int DEEPEST = 100;

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * The object that a text holds.
   *
   * @throws IllegalArgumentException if it holds something else
   */
  static Map<String, @Nullable Object> object(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value();
    reader.blanks();
    if (reader.at < text.length() || !(value instanceof Map<?, ?>)) {
      throw reader.wrong("one object");
    }
    return members(value);
  }

  /** The members of a value; none if it is no object. */
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, member) -> members.put(String.valueOf(key), member));
    }
    return members;
  }

  /** The elements of a value, each as an object; none if it is no array. */
  static List<Map<String, @Nullable Object>> objects(@Nullable Object value) {
    List<Map<String, @Nullable Object>> objects = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(element -> objects.add(members(element)));
    }
    return objects;
  }

  private @Nullable Object value() {
    blanks();
    if (++depth > DEEPEST) {
      throw wrong("less nesting");
    }
    try {
      return switch (peek()) {
        case '{' -> map();
        case '[' -> list();
        case '"' -> string();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", null);
        default -> number();
      };
    } finally {
      depth--;
    }
  }

  private Map<String, @Nullable Object> map() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    blanks();
    while (peek() != '}') {
      blanks();
      String key = string();
      blanks();
      expect(':');
      members.put(key, value());
      comma('}');
    }
    at++;
    return members;
  }

  private List<@Nullable Object> list() {
    List<@Nullable Object> elements = new ArrayList<>();
    at++;
    blanks();
    while (peek() != ']') {
      elements.add(value());
      comma(']');
    }
    at++;
    return elements;
  }

  private void comma(char end) {
    blanks();
    if (peek() != end) {
      expect(',');
      blanks();
      if (peek() == end) {
        throw wrong("another element");
      }
    }
  }

  private String string() {
    expect('"');
    StringBuilder builder = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      builder.append(c == '\\' ? escaped() : c);
    }
    at++;
    return builder.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> c;
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw wrong("four digits");
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong(word);
    }
    at += word.length();
    return meaning;
  }

  private Double number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (start == at) {
      throw wrong("a value");
    }
    return Double.valueOf(text.substring(start, at));
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private void expect(char c) {
    if (peek() != c) {
      throw wrong("'" + c + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(at);
  }

  private IllegalArgumentException wrong(String wanted) {
    return new IllegalArgumentException("no JSON: " + wanted + " expected at character " + at);
  }
}

package io.hawser.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259): as much as manifests and configurations of images need, where numbers and
 * words become their text, or with what they mean. The JDK has no reader and a library for a few
 * kinds of documents is too much.
 */
public final class JsonText {
  private static final int DEPTH = 64;

  private final String text;
  private final boolean typed;
  private int at;

  private JsonText(String text, boolean typed) {
    this.text = text;
    this.typed = typed;
  }

  /**
   * The document: a {@code Map}, a {@code List} or a {@code String}.
   *
   * @throws IllegalArgumentException if it is not JSON, or nested deeper than 64
   */
  public static Object parse(String text) {
    Object value = new JsonText(text, false).document();
    if (value == null) {
      throw new IllegalStateException("only typed documents hold null");
    }
    return value;
  }

  /**
   * The document with numbers and words as what they mean: {@code null}, a {@code Boolean}, a
   * {@code Long}, or a {@code Double} where that does not hold it.
   *
   * @throws IllegalArgumentException if it is not JSON, or nested deeper than 64
   */
  public static @Nullable Object parseTyped(String text) {
    return new JsonText(text, true).document();
  }

  private @Nullable Object document() {
    Object value = value(0);
    skipSpace();
    if (at < text.length()) {
      throw bad();
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEPTH) {
      throw bad();
    }
    skipSpace();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      default -> typed ? meaning(word()) : word();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    at++;
    for (boolean more = !closes('}'); more; more = continues('}')) {
      skipSpace();
      String key = string();
      skipSpace();
      expect(':');
      map.put(key, value(depth + 1));
    }
    return map;
  }

  private List<@Nullable Object> array(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    at++;
    for (boolean more = !closes(']'); more; more = continues(']')) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private boolean closes(char end) {
    skipSpace();
    if (peek() == end) {
      at++;
      return true;
    }
    return false;
  }

  private boolean continues(char end) {
    if (closes(end)) {
      return false;
    }
    expect(',');
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    return out.toString();
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      case '"', '\\', '/' -> c;
      default -> throw bad();
    };
  }

  private char unicode() {
    int end = at + 4;
    if (end > text.length() || !text.substring(at, end).matches("[0-9A-Fa-f]{4}")) {
      throw bad();
    }
    char c = (char) Integer.parseInt(text.substring(at, end), 16);
    at = end;
    return c;
  }

  private String word() {
    int start = at;
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (!word.matches("true|false|null|-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
      throw bad();
    }
    return word;
  }

  private static @Nullable Object meaning(String word) {
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> word.matches("-?[0-9]{1,18}") ? (Object) Long.valueOf(word) : Double.valueOf(word);
    };
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || "+-.".indexOf(c) >= 0;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw bad();
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw bad();
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException bad() {
    return new IllegalArgumentException("not JSON at character " + at);
  }
}

package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON; every number is a float, as with Go's encoding/json. */
final class JsonReader {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private final String text;
  private final Budget budget;
  private int at;

  private JsonReader(String text, Budget budget) {
    this.text = text;
    this.budget = budget;
  }

  static @Nullable Object read(String text, Budget budget) {
    budget.make(text.length());
    JsonReader reader = new JsonReader(text, budget);
    Object value = reader.value(0);
    reader.space();
    if (reader.at < text.length()) {
      throw reader.wrong();
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    GoValues.checkDepth(depth);
    budget.makeElement();
    space();
    char c = at < text.length() ? text.charAt(at) : ' ';
    if (c == '{' || c == '[') {
      budget.copyElements(0);
    }
    return switch (c) {
      case '{' -> map(depth);
      case '[' -> list(depth);
      case '"' -> text();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private GoMap map(int depth) {
    GoMap map = new GoMap();
    at++;
    space();
    while (!take('}')) {
      if (map.size() > 0 && !take(',')) {
        throw wrong();
      }
      space();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw wrong();
      }
      String key = text();
      space();
      if (!take(':')) {
        throw wrong();
      }
      map.put(key, value(depth + 1));
      space();
    }
    return map;
  }

  private GoList list(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    space();
    while (!take(']')) {
      if (!items.isEmpty() && !take(',')) {
        throw wrong();
      }
      items.add(value(depth + 1));
      space();
    }
    return GoList.of(items);
  }

  private String text() {
    StringBuilder out = new StringBuilder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw wrong();
      }
      out.append(c == '\\' ? escape() : c);
    }
    if (!take('"')) {
      throw wrong();
    }
    return out.toString();
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    if (c == 'u' && at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]+")) {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    throw wrong();
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw wrong();
    }
    at += word.length();
    return value;
  }

  private Double number() {
    Matcher matcher = NUMBER.matcher(text).region(at, Math.min(text.length(), at + 400));
    if (!matcher.lookingAt()) {
      throw wrong();
    }
    at = matcher.end();
    double value = Double.parseDouble(matcher.group());
    if (Double.isInfinite(value)) {
      throw wrong();
    }
    return value;
  }

  private boolean take(char c) {
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("no JSON: wrong at character " + (at + 1));
  }
}

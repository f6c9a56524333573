package io.hawser.clusterfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code key=value} of a {@code --set} in the grammar of Helm.
 *
 * @param path keys (texts) and places in lists (whole numbers from 0), at least one
 * @param value a text, a boolean, a whole number, a list of these, or null
 */
record SetPair(List<Object> path, @Nullable Object value) {
  /** How it is written, without the value: that may be a secret. */
  String key() {
    StringBuilder key = new StringBuilder();
    for (Object step : path) {
      key.append(step instanceof Integer ? "[" + step + "]" : key.isEmpty() ? step : "." + step);
    }
    return key.toString();
  }

  /**
   * Reads pairs that are separated by commas; a backslash takes the next character for what it is.
   *
   * @param typed whether {@code true}, {@code false}, {@code null} and decimal numbers have a type
   * @throws IllegalArgumentException naming the key, never the value
   */
  static List<SetPair> parse(CharSequence text, boolean typed) {
    return new Parser(text.toString(), typed).pairs();
  }

  private static final class Parser {
    private static final int LARGEST_INDEX = 65_536;
    private static final int LONGEST_PATH = 30;

    private final String text;
    private final boolean typed;
    private int at;

    private Parser(String text, boolean typed) {
      this.text = text;
      this.typed = typed;
    }

    private List<SetPair> pairs() {
      List<SetPair> pairs = new ArrayList<>();
      while (at < text.length()) {
        List<Object> path = path();
        pairs.add(new SetPair(path, value(path)));
      }
      if (pairs.isEmpty()) {
        throw new IllegalArgumentException("a pair to set is empty; write key=value");
      }
      return pairs;
    }

    /** Up to the equals sign, which is passed over. */
    private List<Object> path() {
      List<Object> path = new ArrayList<>();
      boolean afterIndex = false;
      while (true) {
        String key = until("=[,.");
        char end = at < text.length() ? text.charAt(at++) : ',';
        if (key.isEmpty() != afterIndex) {
          throw fault(path, afterIndex ? "text after an index" : "an empty key");
        }
        if (!afterIndex) {
          path.add(key);
        }
        if (end == ',') {
          throw fault(path, "no value; write key=value");
        } else if (path.size() > LONGEST_PATH) {
          throw fault(path, "more than " + LONGEST_PATH + " keys");
        } else if (end == '=') {
          return path;
        }
        afterIndex = end == '[';
        if (afterIndex) {
          path.add(index(path));
        }
      }
    }

    private Integer index(List<Object> path) {
      String index = until("]");
      if (at == text.length() || !index.matches("[0-9]{1,5}")) {
        throw fault(path, "an index that is no whole number up to " + LARGEST_INDEX);
      }
      at++;
      int number = Integer.parseInt(index);
      if (number > LARGEST_INDEX) {
        throw fault(path, "an index above " + LARGEST_INDEX);
      }
      return number;
    }

    private @Nullable Object value(List<Object> path) {
      if (at == text.length() || text.charAt(at) != '{') {
        String value = until(",");
        at++;
        return typed(value);
      }
      List<@Nullable Object> items = new ArrayList<>();
      do {
        at++;
        items.add(typed(until(",}")));
        if (at == text.length()) {
          throw fault(path, "a list that does not end with }");
        }
      } while (text.charAt(at) == ',');
      at++;
      if (at < text.length() && text.charAt(at++) != ',') {
        throw fault(path, "text after a list");
      }
      return items;
    }

    /** Up to one of these characters, which is left. */
    private String until(String stops) {
      StringBuilder word = new StringBuilder();
      while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
        if (text.charAt(at) == '\\' && ++at == text.length()) {
          break;
        }
        word.append(text.charAt(at++));
      }
      return word.toString();
    }

    private @Nullable Object typed(String value) {
      if (!typed) {
        return value;
      } else if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
        return value.equalsIgnoreCase("true");
      } else if (value.equalsIgnoreCase("null")) {
        return null;
      }
      boolean number = value.equals("0") || value.matches("[+-]?[1-9][0-9]{0,17}");
      return number ? Long.valueOf(value) : value;
    }

    private static IllegalArgumentException fault(List<Object> path, String what) {
      String key = new SetPair(path, null).key();
      return new IllegalArgumentException(
          "a pair to set has " + what + (key.isEmpty() ? "" : ", at \"" + key + "\""));
    }
  }
}

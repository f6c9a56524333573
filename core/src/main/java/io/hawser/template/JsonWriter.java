package io.hawser.template;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes values as Go's encoding/json does, keys in order. */
final class JsonWriter {
  private final Budget budget;
  private final String indent;
  private final boolean forHtml;
  private final StringBuilder out = new StringBuilder();

  /**
   * @param indent for each level; empty for one line
   * @param forHtml whether {@code < > &} are escaped, as Go does by default
   */
  JsonWriter(Budget budget, String indent, boolean forHtml) {
    this.budget = budget;
    this.indent = indent;
    this.forHtml = forHtml;
  }

  String write(@Nullable Object value) {
    value(value, 0);
    budget.make(out.length());
    return out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    GoValues.checkDepth(depth);
    budget.work(1);
    Budget.length(out.length());
    if (value instanceof GoMap map) {
      map(map, depth);
    } else if (value instanceof GoList list) {
      list(list, depth);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Version version) {
      text(version.toString());
    } else if (value instanceof Double number) {
      out.append(number(number));
    } else {
      out.append(value);
    }
  }

  private void map(GoMap map, int depth) {
    String separator = "{";
    for (String key : map.keys()) {
      out.append(separator);
      line(depth + 1);
      text(key);
      out.append(indent.isEmpty() ? ":" : ": ");
      value(map.get(key), depth + 1);
      separator = ",";
    }
    close(map.size(), "{", '}', depth);
  }

  private void list(GoList list, int depth) {
    String separator = "[";
    for (Object item : list.items()) {
      out.append(separator);
      line(depth + 1);
      value(item, depth + 1);
      separator = ",";
    }
    close(list.size(), "[", ']', depth);
  }

  private void close(int size, String open, char close, int depth) {
    if (size == 0) {
      out.append(open);
    } else {
      line(depth);
    }
    out.append(close);
  }

  private void line(int depth) {
    if (!indent.isEmpty()) {
      out.append('\n').append(indent.repeat(depth));
    }
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    int simple = "\"\\\n\r\t".indexOf(c);
    if (simple >= 0) {
      out.append('\\').append("\"\\nrt".charAt(simple));
    } else if (c < ' ' || c == '\u2028' || c == '\u2029' || (forHtml && "<>&".indexOf(c) >= 0)) {
      out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
    } else {
      out.append(c);
    }
  }

  /** A float as JSON has it: without an exponent as long as that is readable. */
  static String number(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("a number that is not finite");
    }
    double size = Math.abs(number);
    BigDecimal exact = GoNumbers.shortest(number);
    if (size != 0 && (size < 1e-6 || size >= 1e21)) {
      String text = GoNumbers.withExponent(number, exact.precision() - 1, 'e');
      return text.replaceFirst("e-0(\\d)$", "e-$1");
    }
    boolean negativeZero = size == 0 && 1 / number < 0;
    return negativeZero ? "-0" : exact.toPlainString();
  }
}

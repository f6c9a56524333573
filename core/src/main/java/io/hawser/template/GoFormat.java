package io.hawser.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's {@code printf} for {@code %s %v %q %d %x %X %o %b %c %t %f %e %g %%}, flags and widths. */
final class GoFormat {
  private static final int WIDEST = 10_000;

  private final String format;
  private final List<@Nullable Object> arguments;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int next;
  private String flags = "";
  private int width;
  private int precision;

  private GoFormat(String format, List<@Nullable Object> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  static String format(String format, List<@Nullable Object> arguments) {
    GoFormat run = new GoFormat(format, arguments);
    run.all();
    return run.out.toString();
  }

  private void all() {
    while (at < format.length()) {
      char c = format.charAt(at++);
      if (c != '%') {
        out.append(c);
      } else {
        directive();
      }
      Budget.length(out.length());
    }
    if (next < arguments.size()) {
      out.append("%!(EXTRA");
      String separator = " ";
      for (Object extra : arguments.subList(next, arguments.size())) {
        out.append(separator).append(described(extra));
        separator = ", ";
      }
      out.append(')');
    }
  }

  private void directive() {
    int start = at;
    while (at < format.length() && "-+# 0".indexOf(format.charAt(at)) >= 0) {
      at++;
    }
    flags = format.substring(start, at);
    width = number(0);
    precision = -1;
    if (format.startsWith(".", at)) {
      at++;
      precision = number(0);
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (next >= arguments.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      Object value = arguments.get(next++);
      pad(converted(verb, value), value instanceof Number && verb != 'v' && verb != 's');
    }
  }

  private int number(int otherwise) {
    int start = at;
    while (at < format.length() && Character.digit(format.charAt(at), 10) >= 0) {
      at++;
    }
    if (at == start) {
      return otherwise;
    }
    int value = at - start > 5 ? WIDEST + 1 : Integer.parseInt(format.substring(start, at));
    if (value > WIDEST) {
      throw new IllegalArgumentException("a width of more than " + WIDEST);
    }
    return value;
  }

  private void pad(String text, boolean number) {
    int missing = Math.max(0, width - text.codePointCount(0, text.length()));
    if (flags.contains("-")) {
      out.append(text).append(" ".repeat(missing));
    } else if (flags.contains("0") && number) {
      boolean signed = text.startsWith("-") || text.startsWith("+");
      out.append(text, 0, signed ? 1 : 0);
      out.append("0".repeat(missing)).append(text, signed ? 1 : 0, text.length());
    } else {
      out.append(" ".repeat(missing)).append(text);
    }
  }

  private String converted(int verb, @Nullable Object value) {
    if (verb == 'v') {
      return value instanceof Number && flags.contains("+")
          ? signed(GoValues.print(value))
          : GoValues.print(value);
    } else if (value instanceof String text) {
      String cut =
          precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
      return switch (verb) {
        case 's' -> cut;
        case 'q' -> GoLiterals.quote(cut);
        case 'x' -> hex(cut);
        case 'X' -> hex(cut).toUpperCase(Locale.ROOT);
        default -> wrong(verb, value);
      };
    } else if (value instanceof Long number) {
      return integer(verb, number);
    } else if (value instanceof Double number) {
      return decimal(verb, number);
    } else if (value instanceof Boolean && verb == 't') {
      return value.toString();
    } else if ((value instanceof List || value instanceof Map) && verb == 's') {
      return GoValues.print(value);
    }
    return wrong(verb, value);
  }

  private String integer(int verb, long number) {
    return switch (verb) {
      case 'd' -> flags.contains("+") ? signed(Long.toString(number)) : Long.toString(number);
      case 'x' -> Long.toString(number, 16);
      case 'X' -> Long.toString(number, 16).toUpperCase(Locale.ROOT);
      case 'o' -> Long.toString(number, 8);
      case 'b' -> Long.toString(number, 2);
      case 'c' ->
          Character.isValidCodePoint((int) number) ? Character.toString((int) number) : "\ufffd";
      default -> wrong(verb, number);
    };
  }

  private String decimal(int verb, double number) {
    int digits = precision < 0 ? 6 : precision;
    return switch (verb) {
      case 'f', 'F' -> String.format(Locale.ROOT, "%." + digits + "f", number);
      case 'e' -> String.format(Locale.ROOT, "%." + digits + "e", number);
      case 'g' -> GoValues.print(number);
      default -> wrong(verb, number);
    };
  }

  private static String signed(String number) {
    return number.startsWith("-") ? number : "+" + number;
  }

  private static String hex(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      out.append(String.format("%02x", b));
    }
    return out.toString();
  }

  private static String wrong(int verb, @Nullable Object value) {
    return "%!" + Character.toString(verb) + "(" + described(value) + ")";
  }

  private static String described(@Nullable Object value) {
    return Missing.isNil(value) ? "<nil>" : GoValues.type(value) + "=" + GoValues.print(value);
  }
}

package io.hawser.template;

/** Go's literals: escapes read, numbers read, and texts written in quotes. */
final class GoLiterals {
  private GoLiterals() {}

  /** The text of an interpreted literal's body. */
  static String unescape(String body, String file, int line) {
    StringBuilder out = new StringBuilder(body.length());
    int at = 0;
    while (at < body.length()) {
      char c = body.charAt(at);
      if (c != '\\') {
        out.append(c);
        at++;
        continue;
      }
      char escape = at + 1 < body.length() ? body.charAt(at + 1) : ' ';
      int simple = "abfnrtv\\'\"".indexOf(escape);
      if (simple >= 0) {
        out.append("\u0007\b\f\n\r\t\u000b\\'\"".charAt(simple));
        at += 2;
        continue;
      }
      int digits = "xuU".indexOf(escape) < 0 ? 0 : escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
      int start = digits == 0 ? at + 1 : at + 2;
      int end = start + (digits == 0 ? 3 : digits);
      out.appendCodePoint(codePoint(body, start, end, digits == 0 ? 8 : 16, file, line));
      at = end;
    }
    return out.toString();
  }

  private static int codePoint(String body, int from, int to, int radix, String file, int line) {
    try {
      int value = Integer.parseInt(body.substring(from, to), radix);
      if (Character.isValidCodePoint(value) && body.charAt(from) != '+' && value >= 0) {
        return value;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Reported below, like a number that is no character.
    }
    throw new TemplateException(file, line, "unknown escape sequence in a literal");
  }

  /** A {@code Long} or {@code Double}. */
  static Object number(String written, String file, int line) {
    String text = written.replace("_", "");
    try {
      String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
      if (unsigned.startsWith("0x") || unsigned.startsWith("0X")) {
        return Long.decode(text);
      }
      if (unsigned.startsWith("0o") || unsigned.startsWith("0O")) {
        return signed(text, Long.parseLong(unsigned.substring(2), 8));
      }
      if (unsigned.startsWith("0b") || unsigned.startsWith("0B")) {
        return signed(text, Long.parseLong(unsigned.substring(2), 2));
      }
      if (unsigned.matches("[0-9]+")) {
        return unsigned.matches("0[0-7]+") ? Long.decode(text) : (Object) Long.parseLong(text);
      }
      if (unsigned.matches("[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+)?")) {
        return Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new TemplateException(file, line, "bad number \"" + written + "\"");
  }

  private static Long signed(String text, long value) {
    return text.startsWith("-") ? -value : value;
  }

  /** The text as Go's {@code %q} writes it. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendQuoted(out, c));
    return out.append('"').toString();
  }

  private static void appendQuoted(StringBuilder out, int c) {
    int simple = "\u0007\b\f\n\r\t\u000b\\\"".indexOf(c);
    if (simple >= 0) {
      out.append('\\').append("abfnrtv\\\"".charAt(simple));
    } else if (c < 0x20 || c == 0x7f) {
      out.append(String.format("\\x%02x", c));
    } else if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append(c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}

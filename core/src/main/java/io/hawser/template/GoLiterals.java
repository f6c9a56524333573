package io.hawser.template;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Go's literals: escapes read, and texts written in quotes. */
final class GoLiterals {
  private GoLiterals() {}

  /** The text of an interpreted literal's body; its escapes may be the bytes of a character. */
  static String unescape(String body, char quote, String file, int line) {
    if (body.indexOf('\\') < 0) {
      return body;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length());
    int at = 0;
    while (at < body.length()) {
      int c = body.codePointAt(at);
      if (c != '\\') {
        append(out, c);
        at += Character.charCount(c);
        continue;
      }
      char escape = at + 1 < body.length() ? body.charAt(at + 1) : ' ';
      int simple = "abfnrtv\\".indexOf(escape);
      if (simple >= 0 || escape == quote) {
        out.write(simple >= 0 ? "\u0007\b\f\n\r\t\u000b\\".charAt(simple) : quote);
        at += 2;
        continue;
      }
      int digits = "xuU".indexOf(escape) < 0 ? 0 : escape == 'x' ? 2 : escape == 'u' ? 4 : 8;
      int start = digits == 0 ? at + 1 : at + 2;
      int end = start + (digits == 0 ? 3 : digits);
      int value = value(body, start, end, digits == 0 ? 8 : 16, file, line);
      if (digits > 2) {
        append(out, value);
      } else if (value > 0xff) {
        throw unknown(file, line);
      } else if (quote == '\'') {
        append(out, value);
      } else {
        out.write(value);
      }
      at = end;
    }
    return text(out, file, line);
  }

  private static void append(ByteArrayOutputStream out, int codePoint) {
    out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream out, String file, int line) {
    try {
      return ByteText.decode(out.toByteArray());
    } catch (IllegalArgumentException e) {
      throw new TemplateException(file, line, "a literal that is no UTF-8 text");
    }
  }

  private static int value(String body, int from, int to, int radix, String file, int line) {
    try {
      int value = Integer.parseInt(body.substring(from, to), radix);
      boolean signed = "+-".indexOf(body.charAt(from)) >= 0;
      boolean surrogate = value >= 0xd800 && value < 0xe000;
      if (Character.isValidCodePoint(value) && !signed && !surrogate) {
        return value;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      // Reported below, like a number that is no character.
    }
    throw unknown(file, line);
  }

  private static TemplateException unknown(String file, int line) {
    return new TemplateException(file, line, "unknown escape sequence in a literal");
  }

  /** The text as Go's {@code %q} writes it. */
  static String quote(String text) {
    return quote(text, false);
  }

  /**
   * @param ascii whether other characters are escaped, as {@code %+q} does
   */
  static String quote(String text, boolean ascii) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    text.codePoints().forEach(c -> appendQuoted(out, c, '"', ascii));
    return out.append('"').toString();
  }

  /** One character as Go's {@code %q} writes it. */
  static String quoteCharacter(int codePoint, boolean ascii) {
    StringBuilder out = new StringBuilder().append('\'');
    appendQuoted(out, Character.isValidCodePoint(codePoint) ? codePoint : 0xfffd, '\'', ascii);
    return out.append('\'').toString();
  }

  private static void appendQuoted(StringBuilder out, int c, char quote, boolean ascii) {
    int simple = "\u0007\b\f\n\r\t\u000b\\".indexOf(c);
    if (simple >= 0 || c == quote) {
      out.append('\\').append(simple >= 0 ? "abfnrtv\\".charAt(simple) : quote);
    } else if (isPrintable(c) && !(ascii && c > 0x7e)) {
      out.appendCodePoint(c);
    } else if (c < 0x20 || c == 0x7f) {
      out.append(String.format("\\x%02x", c));
    } else {
      out.append(c > 0xffff ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
    }
  }

  static boolean isPrintable(int c) {
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

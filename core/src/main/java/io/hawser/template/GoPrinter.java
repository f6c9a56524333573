package io.hawser.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes values as Go's fmt does: by a verb, with flags. */
final class GoPrinter {
  private final Budget budget;
  private final GoFlags flags;
  private final StringBuilder out = new StringBuilder();

  GoPrinter(Budget budget) {
    this(budget, new GoFlags());
  }

  GoPrinter(Budget budget, GoFlags flags) {
    this.budget = budget;
    this.flags = flags;
  }

  /** As {@code %v}. */
  String print(@Nullable Object value) {
    return format(value, 'v');
  }

  String format(@Nullable Object value, int verb) {
    top(value, verb);
    budget.make(out.length());
    return out.toString();
  }

  /** Type and value, as in the messages that fmt writes into the text. */
  String described(@Nullable Object value) {
    return value == null ? "<nil>" : GoValues.type(value) + "=" + print(value);
  }

  private void top(@Nullable Object value, int verb) {
    if (verb == 'T') {
      text(value == null ? "<nil>" : GoValues.type(value), 's');
    } else if (verb == 'p') {
      throw new IllegalArgumentException("%p is not supported: a value has no address");
    } else if (value != null) {
      value(value, verb, 0);
    } else if (verb == 'v') {
      pad("<nil>");
    } else {
      bad(verb, null);
    }
  }

  private void value(Object value, int verb, int depth) {
    GoValues.checkDepth(depth);
    if (value instanceof String text) {
      text(text, verb);
    } else if (value instanceof Long number) {
      integer(new GoInt("int", number), verb);
    } else if (value instanceof GoInt number) {
      integer(number, verb);
    } else if (value instanceof Double number) {
      decimal(number, verb);
    } else if (value instanceof GoList list) {
      list(list, verb, depth);
    } else if (value instanceof GoMap map) {
      map(map, verb, depth);
    } else if (value instanceof Boolean && (verb == 't' || verb == 'v')) {
      pad(value.toString());
    } else if (value instanceof Version version && "vsqxX".indexOf(verb) >= 0) {
      text(version.toString(), verb);
    } else {
      bad(verb, value);
    }
    Budget.length(out.length());
  }

  private void element(@Nullable Object value, int verb, int depth) {
    budget.work(1);
    if (value == null) {
      out.append(flags.sharpV ? "interface {}(nil)" : "<nil>");
    } else {
      value(value, verb, depth + 1);
    }
  }

  private void list(GoList list, int verb, int depth) {
    out.append(flags.sharpV ? GoValues.type(list) + "{" : "[");
    String separator = "";
    for (Object item : list.items()) {
      out.append(separator);
      element(item, verb, depth);
      separator = flags.sharpV ? ", " : " ";
    }
    out.append(flags.sharpV ? '}' : ']');
  }

  private void map(GoMap map, int verb, int depth) {
    out.append(flags.sharpV ? GoValues.type(map) + "{" : "map[");
    String separator = "";
    for (String key : map.keys()) {
      out.append(separator);
      element(key, verb, depth);
      out.append(':');
      element(map.get(key), verb, depth);
      separator = flags.sharpV ? ", " : " ";
    }
    out.append(flags.sharpV ? '}' : ']');
  }

  private void bad(int verb, @Nullable Object value) {
    out.append("%!").appendCodePoint(verb).append('(');
    if (value == null) {
      out.append("<nil>");
    } else {
      // With the width and the flags of the verb that does not fit.
      out.append(GoValues.type(value))
          .append('=')
          .append(new GoPrinter(budget, flags).print(value));
    }
    out.append(')');
  }

  private void text(String text, int verb) {
    switch (verb) {
      case 'v' -> pad(flags.sharpV ? quoted(text) : truncated(text));
      case 's' -> pad(truncated(text));
      case 'q' -> pad(quoted(truncated(text)));
      case 'x', 'X' -> pad(hex(text, verb));
      default -> bad(verb, text);
    }
  }

  private String truncated(String text) {
    return flags.precision >= 0 && flags.precision < text.codePointCount(0, text.length())
        ? text.substring(0, text.offsetByCodePoints(0, flags.precision))
        : text;
  }

  private String quoted(String text) {
    boolean raw =
        text.codePoints().allMatch(c -> c == '\t' || (GoLiterals.isPrintable(c) && c != '`'));
    return flags.sharp && raw ? "`" + text + "`" : GoLiterals.quote(text, flags.plus);
  }

  private String hex(String text, int verb) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = flags.precision < 0 ? bytes.length : Math.min(flags.precision, bytes.length);
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < length; i++) {
      hex.append(flags.space && i > 0 ? " " : "");
      hex.append(flags.sharp && (flags.space || i == 0) ? "0x" : "");
      hex.append(Character.forDigit((bytes[i] >> 4) & 15, 16));
      hex.append(Character.forDigit(bytes[i] & 15, 16));
    }
    return verb == 'X' ? hex.toString().toUpperCase(Locale.ROOT) : hex.toString();
  }

  private void integer(GoInt number, int verb) {
    long value = number.value();
    switch (verb) {
      case 'v' ->
          digits(number, flags.sharpV && number.isUnsigned() ? "0x" : "", sharpBase(number), 'v');
      case 'd' -> digits(number, "", 10, verb);
      case 'b' -> digits(number, flags.sharp ? "0b" : "", 2, verb);
      case 'o', 'O' -> digits(number, verb == 'O' ? "0o" : flags.sharp ? "0" : "", 8, verb);
      case 'x' -> digits(number, flags.sharp ? "0x" : "", 16, verb);
      case 'X' -> digits(number, flags.sharp ? "0X" : "", 16, verb);
      case 'c' -> pad(Character.toString(character(value)));
      case 'q' -> pad(GoLiterals.quoteCharacter(character(value), flags.plus));
      case 'U' -> unicode(value);
      default -> bad(verb, number.type().equals("int") ? (Object) value : number);
    }
  }

  private int sharpBase(GoInt number) {
    return flags.sharpV && number.isUnsigned() ? 16 : 10;
  }

  private static int character(long value) {
    boolean valid = value >= 0 && value <= Character.MAX_CODE_POINT;
    return valid && !(value >= 0xd800 && value < 0xe000) ? (int) value : 0xfffd;
  }

  private void unicode(long value) {
    String digits = Long.toHexString(value).toUpperCase(Locale.ROOT);
    int least = Math.max(4, flags.precision);
    String text = "U+" + "0".repeat(Math.max(0, least - digits.length())) + digits;
    boolean shown = flags.sharp && value >= 0 && value <= Character.MAX_CODE_POINT;
    flags.zero = false;
    pad(
        shown && GoLiterals.isPrintable((int) value)
            ? text + " '" + Character.toString((int) value) + "'"
            : text);
  }

  private void digits(GoInt number, String prefix, int base, int verb) {
    boolean negative = !number.isUnsigned() && number.value() < 0;
    String digits =
        number.isUnsigned()
            ? Long.toUnsignedString(number.value(), base)
            : Long.toString(number.value(), base).replace("-", "");
    String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
    int least = flags.precision;
    if (least == 0 && number.value() == 0) {
      out.append(" ".repeat(Math.max(0, flags.width)));
      return;
    }
    boolean zero = flags.zero;
    if (least < 0 && zero && flags.width >= 0) {
      least = flags.width - sign.length();
    }
    digits = "0".repeat(Math.max(0, least - digits.length())) + digits;
    digits = verb == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
    boolean octal = prefix.equals("0") && digits.startsWith("0");
    flags.zero = false;
    pad(sign + (octal ? "" : prefix) + digits);
    flags.zero = zero;
  }

  private void decimal(double number, int verb) {
    if ("vgGeEfFxXb".indexOf(verb) < 0) {
      bad(verb, number);
      return;
    }
    if (flags.sharp || ("xX".indexOf(verb) >= 0 && flags.precision >= 0)) {
      throw new IllegalArgumentException("this form of a float is not supported by printf");
    }
    String text = FloatText.of(number, verb, flags.precision);
    boolean special = text.endsWith("Inf") || text.endsWith("NaN");
    boolean signed = text.startsWith("-") || text.startsWith("+");
    String sign = signed ? text.substring(0, 1) : flags.space && !flags.plus ? " " : "+";
    String digits = signed ? text.substring(1) : text;
    boolean shown = !sign.equals("+") || flags.plus;
    boolean zero = flags.zero;
    if (special) {
      flags.zero = false;
    } else if (shown && zero && flags.width > digits.length() + 1) {
      out.append(sign).append("0".repeat(flags.width - digits.length() - 1)).append(digits);
      return;
    }
    // Go prints +Inf with its sign always.
    boolean infinite = text.endsWith("Inf");
    pad((shown || infinite ? sign : "") + digits);
    flags.zero = zero;
  }

  private void pad(String text) {
    int missing = Math.max(0, flags.width - text.codePointCount(0, text.length()));
    if (flags.minus) {
      out.append(text).append(" ".repeat(missing));
    } else {
      out.append((flags.zero ? "0" : " ").repeat(missing)).append(text);
    }
  }

  /** As {@code print}: blanks stand between values of which none is a text. */
  static String all(List<@Nullable Object> values, boolean line, Budget budget) {
    StringBuilder out = new StringBuilder();
    boolean afterText = true;
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      boolean isText = value instanceof String;
      if (i > 0 && (line || (!isText && !afterText))) {
        out.append(' ');
      }
      out.append(new GoPrinter(budget).print(value));
      Budget.length(out.length());
      afterText = isText;
    }
    return line ? out.append('\n').toString() : out.toString();
  }
}

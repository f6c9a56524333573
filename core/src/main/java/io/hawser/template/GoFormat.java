package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the format of Go's {@code printf}. */
final class GoFormat {
  private static final int WIDEST = 10_000;

  private final String format;
  private final List<@Nullable Object> arguments;
  private final Budget budget;
  private final StringBuilder out = new StringBuilder();
  private GoFlags flags = new GoFlags();
  private int at;
  private int next;
  private boolean reordered;
  private boolean goodIndex = true;
  private boolean afterIndex;

  private GoFormat(String format, List<@Nullable Object> arguments, Budget budget) {
    this.format = format;
    this.arguments = arguments;
    this.budget = budget;
  }

  static String format(String format, List<@Nullable Object> arguments, Budget budget) {
    GoFormat run = new GoFormat(format, arguments, budget);
    run.all();
    return run.out.toString();
  }

  private void all() {
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      int end = percent < 0 ? format.length() : percent;
      out.append(format, at, end);
      at = end;
      if (percent >= 0) {
        at++;
        directive();
      }
      Budget.length(out.length());
    }
    if (!reordered && next < arguments.size()) {
      out.append("%!(EXTRA ");
      String separator = "";
      for (Object extra : arguments.subList(next, arguments.size())) {
        out.append(separator).append(new GoPrinter(budget).described(extra));
        separator = ", ";
      }
      out.append(')');
    }
  }

  private void directive() {
    flags = new GoFlags();
    goodIndex = true;
    afterIndex = false;
    while (at < format.length() && flags.take(format.charAt(at))) {
      at++;
    }
    index();
    width();
    precision();
    if (!afterIndex) {
      index();
    }
    if (at >= format.length()) {
      out.append("%!(NOVERB)");
      return;
    }
    int verb = format.codePointAt(at);
    at += Character.charCount(verb);
    if (verb == '%') {
      out.append('%');
    } else if (!goodIndex) {
      out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
    } else if (next >= arguments.size()) {
      out.append("%!").appendCodePoint(verb).append("(MISSING)");
    } else {
      if (verb == 'v') {
        flags.forV();
      }
      out.append(new GoPrinter(budget, flags).format(arguments.get(next++), verb));
    }
  }

  private void width() {
    if (format.startsWith("*", at)) {
      at++;
      Integer given = numberOfArgument();
      if (given == null) {
        out.append("%!(BADWIDTH)");
      } else {
        flags.width(given);
      }
      afterIndex = false;
      return;
    }
    flags.width = number();
    if (afterIndex && flags.width >= 0) {
      goodIndex = false;
    }
  }

  private void precision() {
    if (!format.startsWith(".", at)) {
      return;
    }
    at++;
    if (afterIndex) {
      goodIndex = false;
    }
    index();
    if (format.startsWith("*", at)) {
      at++;
      Integer given = numberOfArgument();
      if (given == null || given < 0) {
        flags.precision = -1;
        out.append("%!(BADPREC)");
      } else {
        flags.precision = given;
      }
      afterIndex = false;
    } else {
      flags.precision = Math.max(0, number());
    }
  }

  /** A number in the format; -1 if there is none. */
  private int number() {
    int start = at;
    while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
      at++;
    }
    return at == start ? -1 : bounded(at - start > 9 ? Integer.MAX_VALUE : parsed(start));
  }

  private long parsed(int start) {
    return Long.parseLong(format.substring(start, at));
  }

  private static int bounded(long value) {
    if (Math.abs(value) > WIDEST) {
      throw new IllegalArgumentException("a width of more than " + WIDEST);
    }
    return (int) value;
  }

  private @Nullable Integer numberOfArgument() {
    Long value = next < arguments.size() ? GoValues.whole(arguments.get(next)) : null;
    next = Math.min(next + 1, Math.max(next, arguments.size()));
    return value == null ? null : (Integer) bounded(value);
  }

  /** Reads {@code [n]}, the place of the argument that comes next. */
  private void index() {
    if (!format.startsWith("[", at)) {
      return;
    }
    reordered = true;
    int end = format.indexOf(']', at);
    if (end < 0) {
      goodIndex = false;
      at++;
      return;
    }
    String digits = format.substring(at + 1, end);
    at = end + 1;
    boolean good = digits.matches("[0-9]{1,6}");
    int place = good ? Integer.parseInt(digits) - 1 : -1;
    if (place >= 0 && place < arguments.size()) {
      next = place;
      afterIndex = true;
    } else {
      goodIndex = false;
    }
  }
}

package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What Go's {@code strings} does, character by character. */
final class GoText {
  private GoText() {}

  static boolean isSpace(int c) {
    return (c >= '\t' && c <= '\r')
        || c == ' '
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }

  /** Maps every character by itself: unlike in Java, a sharp s stays one character. */
  static String map(String text, IntUnaryOperator change) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().map(change).forEach(out::appendCodePoint);
    return out.toString();
  }

  static String trim(String text, IntPredicate cut) {
    int start = 0;
    int end = text.length();
    while (start < end && cut.test(text.codePointAt(start))) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (end > start && cut.test(text.codePointBefore(end))) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  /** Parts between separators, at most so many; a negative number is no limit. */
  static List<String> split(String text, String separator, long most, Budget budget) {
    List<String> parts = new ArrayList<>();
    if (most == 0) {
      return parts;
    }
    int at = 0;
    int next = next(text, separator, at);
    while (next >= 0 && (most < 0 || parts.size() < most - 1)) {
      budget.makeElement();
      parts.add(text.substring(at, next));
      at = next + separator.length();
      next = next(text, separator, at);
    }
    if (!separator.isEmpty() || at < text.length()) {
      parts.add(text.substring(at));
    }
    return parts;
  }

  private static int next(String text, String separator, int at) {
    if (!separator.isEmpty()) {
      return text.indexOf(separator, at);
    }
    int next = at < text.length() ? at + Character.charCount(text.codePointAt(at)) : -1;
    return next < text.length() ? next : -1;
  }

  static String replace(String text, String old, String replacement, Budget budget) {
    // The upper bound is cheap and safe; the exact length is known only after the work.
    long most = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
    budget.make(text.length() + most * Math.max(0, replacement.length() - old.length()));
    if (!old.isEmpty()) {
      return text.replace(old, replacement);
    }
    StringBuilder out = new StringBuilder(replacement);
    text.codePoints().forEach(c -> out.appendCodePoint(c).append(replacement));
    return out.toString();
  }

  /** The texts of a list, nil left out; another value is one text, nil is none. */
  static List<String> texts(@Nullable Object value, Budget budget) {
    List<String> texts = new ArrayList<>();
    if (value instanceof GoList list) {
      for (Object item : list.items()) {
        if (item != null) {
          texts.add(GoValues.print(item, budget));
        }
      }
    } else if (value != null) {
      texts.add(GoValues.print(value, budget));
    }
    return texts;
  }

  static String join(List<String> texts, String separator, Budget budget) {
    long length = 0;
    for (String text : texts) {
      length += text.length() + separator.length();
    }
    budget.make(length);
    return String.join(separator, texts);
  }

  static String trimEnd(String text, char cut) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == cut) {
      end--;
    }
    return text.substring(0, end);
  }
}

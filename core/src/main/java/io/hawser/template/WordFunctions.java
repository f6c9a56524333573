package io.hawser.template;

/** Functions on the words and the width of texts. */
final class WordFunctions {
  private WordFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("title", "s", a -> title(counted(a, 0)));
    table.add("untitle", "s", a -> untitle(counted(a, 0)));
    table.add("swapcase", "s", a -> GoText.map(counted(a, 0), WordFunctions::swap));
    table.add("initials", "s", a -> initials(counted(a, 0)));
    table.add("nospace", "s", a -> withoutSpace(counted(a, 0)));
    table.add("abbrev", "is", WordFunctions::abbreviate);
    table.add("abbrevboth", "iis", WordFunctions::abbreviateBoth);
    table.add("wrap", "is", a -> wrap(a, 1, "", false));
    table.add("wrapWith", "iss", a -> wrap(a, 2, a.text(1), true));
    table.add("plural", "ssi", a -> a.integer(2) == 1 ? a.text(0) : a.text(1));
  }

  private static String counted(Arguments arguments, int index) {
    arguments.budget().make(arguments.text(index).length());
    return arguments.text(index);
  }

  /** The first letter of each word in upper case; digits, letters and underscores are words. */
  private static String title(String text) {
    StringBuilder out = new StringBuilder();
    int[] before = {' '};
    text.codePoints()
        .forEach(
            c -> {
              out.appendCodePoint(isSeparator(before[0]) ? Character.toTitleCase(c) : c);
              before[0] = c;
            });
    return out.toString();
  }

  private static boolean isSeparator(int c) {
    if (c < 0x80) {
      return !(Character.isLetterOrDigit(c) || c == '_');
    }
    return !Character.isLetterOrDigit(c) && GoText.isSpace(c);
  }

  private static String untitle(String text) {
    StringBuilder out = new StringBuilder();
    boolean[] first = {true};
    text.codePoints()
        .forEach(
            c -> {
              out.appendCodePoint(first[0] ? Character.toLowerCase(c) : c);
              first[0] = GoText.isSpace(c);
            });
    return out.toString();
  }

  private static int swap(int c) {
    return Character.isUpperCase(c) || Character.isTitleCase(c)
        ? Character.toLowerCase(c)
        : Character.isLowerCase(c) ? Character.toUpperCase(c) : c;
  }

  private static String initials(String text) {
    StringBuilder out = new StringBuilder();
    boolean[] first = {true};
    text.codePoints()
        .forEach(
            c -> {
              boolean space = GoText.isSpace(c);
              if (first[0] && !space) {
                out.appendCodePoint(c);
              }
              first[0] = space;
            });
    return out.toString();
  }

  private static String withoutSpace(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints().filter(c -> !GoText.isSpace(c)).forEach(out::appendCodePoint);
    return out.toString();
  }

  private static String abbreviate(Arguments arguments) {
    long width = arguments.integer(0);
    return width < 4
        ? arguments.text(1)
        : ByteText.change(arguments.text(1), text -> shortened(text, 0, width));
  }

  private static String abbreviateBoth(Arguments arguments) {
    long left = arguments.integer(0);
    long right = arguments.integer(1);
    if (right < 4 || (left > 0 && right < 7)) {
      return arguments.text(2);
    }
    return ByteText.change(arguments.text(2), text -> shortened(text, left, right));
  }

  /** At most so many characters from about an offset, dots where something is left out. */
  private static String shortened(String text, long offset, long most) {
    int length = text.length();
    if (length <= most) {
      return text;
    }
    int width = (int) most - 3;
    int from = (int) Math.min(offset, length);
    if (length - from < width) {
      from = length - width;
    }
    if (from < 0) {
      throw new IllegalArgumentException("the offset is negative");
    }
    if (from <= 4) {
      return text.substring(0, width) + "...";
    }
    return from + width < length
        ? "..." + shortened(text.substring(from), 0, width)
        : "..." + text.substring(length - width);
  }

  private static String wrap(Arguments arguments, int index, String separator, boolean longWords) {
    long given = Math.max(1, arguments.integer(0));
    String text = arguments.text(index);
    String newLine = separator.isEmpty() ? "\n" : separator;
    int width = (int) Math.min(given, Budget.LONGEST);
    arguments.budget().make(text.length() + (text.length() / width + 1L) * newLine.length());
    // An ASCII text is not taken apart, so a separator that is none must not be either.
    boolean ascii = ByteText.length(text) == text.length();
    String between = ascii ? newLine : bytesOf(newLine);
    return ByteText.change(text, bytes -> wrapped(bytes, width, between, longWords));
  }

  private static String bytesOf(String text) {
    return new String(
        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static String wrapped(String text, int width, String newLine, boolean longWords) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (text.length() - at > width) {
      if (text.charAt(at) == ' ') {
        at++;
        continue;
      }
      int blank = text.lastIndexOf(' ', at + width);
      if (blank >= at) {
        out.append(text, at, blank).append(newLine);
        at = blank + 1;
      } else if (longWords) {
        out.append(text, at, at + width).append(newLine);
        at += width;
      } else {
        blank = text.indexOf(' ', at + width);
        int end = blank < 0 ? text.length() : blank;
        out.append(text, at, end).append(blank < 0 ? "" : newLine);
        at = blank < 0 ? end : end + 1;
      }
    }
    return out.append(text, at, text.length()).toString();
  }
}

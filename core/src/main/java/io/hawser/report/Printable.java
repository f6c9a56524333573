package io.hawser.report;

/**
 * What hosts say, as it may be shown to a person: a control character must not move a cursor or
 * forge a line, a direction mark must not turn the text around, and XML cannot hold all of them.
 */
final class Printable {
  private Printable() {}

  /** As one line: ends of lines are bars. */
  static String line(String text) {
    return of(text, " | ");
  }

  /** As several lines. */
  static String lines(String text) {
    return of(text, "\n");
  }

  private static String of(String text, String end) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c == '\n') {
                out.append(end);
              } else if (isPlain(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
              }
            });
    return out.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      // The last two of every plane are no characters.
      default -> (c & 0xfffe) != 0xfffe;
    };
  }
}

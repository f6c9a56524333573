package io.hawser.host;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a block of lines between two marker lines into a text, or takes it out. Works on bytes, so
 * every byte outside the block stays, whatever its encoding and line ends; a block that was put in
 * and taken out leaves the text as it was.
 */
final class MarkedBlock {
  /**
   * A block whose marker begins so stands before one of ours, for now, and was put there by another
   * program of Hawser; it goes with ours.
   */
  static final String STAND_IN = "watch.";

  private static final String BEGIN = "# hawser begin ";
  private static final String END = "# hawser end ";

  // When the text did not end with a line end, one has to be put between; taking the block out must
  // know that.
  private static final String GLUED = " (the line before had no end)";

  private final String begin;
  private final String end;

  MarkedBlock(String marker) {
    this.begin = BEGIN + marker;
    this.end = END + marker;
  }

  /** Whether a line would be taken for a marker. */
  static boolean isMarker(String line) {
    return line.startsWith(BEGIN) || line.startsWith(END);
  }

  static boolean isBegin(String line) {
    return line.startsWith(BEGIN);
  }

  /**
   * The text with the block holding these lines, where it was or at the end; without lines: out.
   */
  byte[] put(byte[] text, List<String> lines) {
    // Every byte is one character of ISO 8859-1, so nothing is lost on the way.
    String old = new String(text, StandardCharsets.ISO_8859_1);
    String edited = lines.isEmpty() ? removeAll(old) : put(old, String.join("\n", lines) + "\n");
    return edited.getBytes(StandardCharsets.ISO_8859_1);
  }

  private String put(String text, String lines) {
    String body =
        new String(lines.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            + end
            + "\n";
    Span span = find(text);
    if (span == null) {
      boolean glued = !text.isEmpty() && !text.endsWith("\n");
      return text + (glued ? "\n" + begin + GLUED : begin) + "\n" + body;
    }
    String head = begin + (span.glued ? GLUED : "") + "\n";
    return text.substring(0, span.from) + head + body + text.substring(span.to);
  }

  private String removeAll(String text) {
    String left = text;
    for (Span span = find(left); span != null; span = find(left)) {
      left = remove(left, span);
    }
    return left;
  }

  private static String remove(String text, Span span) {
    String before = text.substring(0, span.from);
    String after = text.substring(span.to);
    if (!span.glued || !before.endsWith("\n")) {
      return before + after;
    }
    if (after.isEmpty()) {
      return before.substring(0, before.length() - 1);
    }
    // The next block of ours now follows the line that had no end, and has to remember it.
    int lineEnd = after.indexOf('\n');
    if (after.startsWith(BEGIN) && lineEnd > 0) {
      return before + after.substring(0, lineEnd) + GLUED + after.substring(lineEnd);
    }
    return before + after;
  }

  private record Span(int from, int to, boolean glued) {}

  /** The first whole block; a marker line without its peer is not ours. */
  private @Nullable Span find(String text) {
    int from = -1;
    boolean glued = false;
    int at = 0;
    while (at < text.length()) {
      int newline = text.indexOf('\n', at);
      int next = newline < 0 ? text.length() : newline + 1;
      String line = text.substring(at, newline < 0 ? next : newline);
      if (line.equals(begin) || line.equals(begin + GLUED)) {
        from = at;
        glued = line.endsWith(GLUED);
      } else if (line.equals(end) && from >= 0) {
        return new Span(from, next, glued);
      }
      at = next;
    }
    return null;
  }
}

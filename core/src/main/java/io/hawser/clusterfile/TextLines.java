package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import java.util.Arrays;

/** The lines of a text as YAML counts them: ends are LF, CR LF and CR, columns are characters. */
final class TextLines {
  private static final int LONG = 1_000;

  private final String text;
  private final int[] starts;

  /** Whether every character is one char, so that nothing has to be counted. */
  private final boolean even;

  TextLines(String text) {
    this.text = text;
    int[] found = new int[64];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean paired = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !paired)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
      }
    }
    starts = Arrays.copyOf(found, count);
    even = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
  }

  /** Whether places can be asked for without end: no long line has to be counted through. */
  boolean isQuick() {
    boolean quick = even;
    for (int line = 1; !quick && line <= starts.length; line++) {
      if (start(line + 1) - start(line) > LONG) {
        return false;
      }
    }
    return true;
  }

  int count() {
    return starts.length;
  }

  /** Where a line starts, from 1; after the last line the end of the text. */
  int start(int line) {
    return line > starts.length ? text.length() : starts[Math.max(line, 1) - 1];
  }

  /** A line without its end, of a long one the start. */
  String line(int line) {
    int start = start(line);
    int end = Math.min(start(line + 1), start + LONG);
    return text.substring(start, end).stripTrailing();
  }

  /** Where a place is in the text; the nearest there is, if the line is shorter. */
  int offset(Position at) {
    int start = start(at.line());
    int end = start(at.line() + 1);
    int offset = even ? Math.min(start + at.column() - 1, end) : start;
    for (int column = 1; !even && column < at.column() && offset < end; column++) {
      offset += Character.charCount(text.codePointAt(offset));
    }
    return offset;
  }

  Position position(int offset) {
    int at = Math.min(offset, text.length());
    int index = Arrays.binarySearch(starts, at);
    int line = index >= 0 ? index + 1 : -index - 1;
    int from = starts[line - 1];
    return new Position(line, (even ? at - from : text.codePointCount(from, at)) + 1);
  }
}

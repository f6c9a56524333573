package io.hawser.clusterfile;

import io.hawser.clusterfile.yaml.Position;
import java.util.Arrays;

/** The lines of a text as YAML counts them: ends are LF, CR LF and CR, columns are characters. */
final class TextLines {
  private final String text;
  private final int[] starts;

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
  }

  int count() {
    return starts.length;
  }

  /** Where a line starts, from 1; after the last line the end of the text. */
  int start(int line) {
    return line > starts.length ? text.length() : starts[Math.max(line, 1) - 1];
  }

  /** A line without its end. */
  String line(int line) {
    String whole = text.substring(start(line), start(line + 1));
    return whole.replaceFirst("[\r\n]+$", "");
  }

  /** Where a place is in the text; the nearest there is, if the line is shorter. */
  int offset(Position at) {
    int start = start(at.line());
    int end = start(at.line() + 1);
    int offset = start;
    for (int column = 1; column < at.column() && offset < end; column++) {
      offset += Character.charCount(text.codePointAt(offset));
    }
    return Math.min(offset, text.length());
  }

  Position position(int offset) {
    int index = Arrays.binarySearch(starts, offset);
    int line = index >= 0 ? index + 1 : -index - 1;
    int from = starts[line - 1];
    return new Position(line, text.codePointCount(from, Math.max(from, offset)) + 1);
  }
}

package io.hawser.clusterfile;

import java.util.ArrayList;
import java.util.List;

/**
 * One document in the text of a stream, as written.
 *
 * @param firstLine the line of its marker, or 1 without one
 * @param from where its text starts, after the marker
 * @param to where it ends: the next marker, or the end of the text
 */
record DocumentText(int firstLine, int from, int to) {

  /** The documents in order, also those with nothing in them. */
  static List<DocumentText> of(String text, TextLines lines) {
    List<DocumentText> documents = new ArrayList<>();
    int firstLine = 1;
    int from = text.startsWith("\ufeff") ? 1 : 0;
    for (int line = 1; line <= lines.count(); line++) {
      int start = line == 1 ? from : lines.start(line);
      // At the start of a line these are markers, also within quotes and block scalars.
      boolean starts = isMarker(text, start, '-');
      if (starts || isMarker(text, start, '.')) {
        documents.add(new DocumentText(firstLine, from, Math.max(from, start)));
        firstLine = line;
        boolean alone = !starts || lines.line(line).strip().matches("\ufeff?---(\\s+#.*)?");
        from = alone ? lines.start(line + 1) : Math.min(start + 4, text.length());
      }
    }
    documents.add(new DocumentText(firstLine, from, Math.max(from, text.length())));
    return documents;
  }

  private static boolean isMarker(String text, int at, char mark) {
    for (int i = 0; i < 3; i++) {
      if (at + i >= text.length() || text.charAt(at + i) != mark) {
        return false;
      }
    }
    return at + 3 == text.length() || Character.isWhitespace(text.charAt(at + 3));
  }

  /** The one in which a line is. */
  static DocumentText at(int line, List<DocumentText> documents) {
    DocumentText found = documents.get(0);
    for (DocumentText document : documents) {
      if (document.firstLine <= line) {
        found = document;
      }
    }
    return found;
  }
}

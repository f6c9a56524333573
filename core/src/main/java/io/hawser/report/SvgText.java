package io.hawser.report;

import java.util.ArrayList;
import java.util.List;

/** Texts for places whose width is known. */
final class SvgText {
  private SvgText() {}

  /** In so many lines, broken anywhere; what has no room in the last is an ellipsis. */
  static List<String> wrapped(String text, int characters, int mostLines) {
    List<String> lines = new ArrayList<>();
    String rest = Printable.line(text);
    while (lines.size() < mostLines - 1 && rest.codePointCount(0, rest.length()) > characters) {
      int cut = rest.offsetByCodePoints(0, characters);
      lines.add(rest.substring(0, cut));
      rest = rest.substring(cut);
    }
    lines.add(fitted(rest, characters));
    return lines;
  }

  /** As much as fits; the rest is an ellipsis. */
  static String fitted(String text, int characters) {
    String printable = Printable.line(text);
    int count = printable.codePointCount(0, printable.length());
    if (count <= characters) {
      return printable;
    }
    return printable.substring(0, printable.offsetByCodePoints(0, characters - 1)) + "…";
  }
}

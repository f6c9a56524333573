package io.hawser.report;

/** Texts as they stand in XML and HTML, in elements and between double quotes. */
final class XmlText {
  private XmlText() {}

  /** As one line. */
  static String line(String text) {
    return escaped(Printable.line(text));
  }

  /** As several lines. */
  static String lines(String text) {
    return escaped(Printable.lines(text));
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }
}

package io.hawser.report;

import java.util.Set;

/**
 * Writes elements of XML that are elements of HTML and SVG too. Whatever text and value comes here
 * is escaped, so nothing that a host says can become an element.
 */
final class Markup {
  /** Beyond it a line of a host is cut, so that the page stays one that can be opened. */
  private static final int MOST_CHARACTERS = 4000;

  /** Elements within a line: a newline behind them would be a blank. */
  private static final Set<String> INLINE =
      Set.of("b", "bdi", "code", "small", "span", "tspan", "text", "td", "th", "pre");

  private final StringBuilder out = new StringBuilder();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String name, Object... attributes) {
    start(name, attributes);
    out.append('>');
    return this;
  }

  /** Ends an element. */
  Markup close(String name) {
    out.append("</").append(name).append(INLINE.contains(name) ? ">" : ">\n");
    return this;
  }

  /** An element without content. */
  Markup empty(String name, Object... attributes) {
    start(name, attributes);
    out.append("/>\n");
    return this;
  }

  /** An element with one line of text. */
  Markup element(String name, String text, Object... attributes) {
    return open(name, attributes).text(text).close(name);
  }

  /** One line of text. */
  Markup text(String text) {
    out.append(XmlText.line(clipped(text)));
    return this;
  }

  /** Text whose lines stay lines. */
  Markup lines(String text) {
    out.append(XmlText.lines(clipped(text)));
    return this;
  }

  /** What is no text of a host and needs no escaping: a style, another markup. */
  Markup raw(CharSequence markup) {
    out.append(markup);
    return this;
  }

  private void start(String name, Object... attributes) {
    out.append('<').append(name);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      out.append(XmlText.line(clipped(String.valueOf(attributes[i + 1])))).append('"');
    }
  }

  private static String clipped(String text) {
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    return text.substring(0, MOST_CHARACTERS)
        + "… ("
        + (text.length() - MOST_CHARACTERS)
        + " characters more)";
  }

  @Override
  public String toString() {
    return out.toString();
  }
}

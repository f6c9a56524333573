package io.hawser.template;

import com.google.common.net.PercentEscaper;
import java.util.Locale;

/** Texts made safe for other languages, as text/template's functions do. */
final class Escapes {
  private static final PercentEscaper QUERY = new PercentEscaper("-_.~", true);

  private Escapes() {}

  static String html(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\0' -> out.append('\ufffd');
        case '"' -> out.append("&#34;");
        case '\'' -> out.append("&#39;");
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  static String javaScript(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if ("\\'\"".indexOf(c) >= 0) {
                out.append('\\').appendCodePoint(c);
              } else if ("<>&=".indexOf(c) >= 0 || c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04X", c));
              } else if (c < 0x80 || GoLiterals.isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(String.format(Locale.ROOT, "\\u%04X", c));
              }
            });
    return out.toString();
  }

  static String query(String text) {
    return QUERY.escape(text);
  }
}

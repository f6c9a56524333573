package io.hawser.template;

import io.hawser.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a template into tokens; the white space at trim markers is removed. */
final class TemplateLexer {
  private final String text;
  private final String name;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineCountedTo;
  private boolean trimNext;

  private TemplateLexer(String text, String name) {
    this.text = text;
    this.name = name;
  }

  static List<Token> tokens(String text, String name) {
    TemplateLexer lexer = new TemplateLexer(text, name);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length()) {
      int open = text.indexOf("{{", at);
      int end = open < 0 ? text.length() : open;
      boolean trimmed = open >= 0 && opensTrimmed(open);
      addText(at, end, trimmed);
      at = end;
      if (open >= 0) {
        at += trimmed ? 3 : 2;
        action(open);
      }
    }
    add(Kind.END, "", false);
  }

  private boolean opensTrimmed(int open) {
    return text.startsWith("-", open + 2)
        && open + 3 < text.length()
        && isSpace(text.charAt(open + 3));
  }

  private void addText(int from, int to, boolean trimEnd) {
    int start = from;
    int end = to;
    if (trimNext) {
      while (start < end && isSpace(text.charAt(start))) {
        start++;
      }
    }
    if (trimEnd) {
      while (end > start && isSpace(text.charAt(end - 1))) {
        end--;
      }
    }
    trimNext = false;
    if (end > start) {
      tokens.add(new Token(Kind.TEXT, text.substring(start, end), lineAt(start), false));
    }
  }

  private void action(int open) {
    int comment = skipSpaces(at);
    // Like Go, a comment must touch its delimiters, but for the space that a trim marker needs.
    boolean afterTrimMarker = at == open + 3;
    if (text.startsWith("/*", comment) && (comment == at || afterTrimMarker)) {
      comment(comment);
      return;
    }
    tokens.add(new Token(Kind.OPEN, "{{", lineAt(open), false));
    while (true) {
      int start = at;
      at = skipSpaces(at);
      boolean spaced = at > start;
      if (spaced && text.startsWith("-}}", at)) {
        close(3);
        return;
      }
      if (text.startsWith("}}", at)) {
        close(2);
        return;
      }
      if (at >= text.length()) {
        throw error(open, "unclosed action: \"}}\" is missing");
      }
      token(spaced);
    }
  }

  private void comment(int start) {
    int end = text.indexOf("*/", start);
    if (end < 0) {
      throw error(start, "unclosed comment");
    }
    int close = skipSpaces(end + 2);
    if (close == end + 2 && text.startsWith("}}", close)) {
      at = close + 2;
    } else if (close > end + 2 && text.startsWith("-}}", close)) {
      at = close + 3;
      trimNext = true;
    } else {
      throw error(start, "a comment must end with \"*/}}\" or \"*/ -}}\"");
    }
  }

  private void close(int length) {
    add(Kind.CLOSE, "}}", true);
    at += length;
    trimNext = length == 3;
  }

  private void token(boolean spaced) {
    char c = text.charAt(at);
    switch (c) {
      case '|' -> single(Kind.PIPE, 1, spaced);
      case '(' -> single(Kind.LEFT, 1, spaced);
      case ')' -> single(Kind.RIGHT, 1, spaced);
      case ',' -> single(Kind.COMMA, 1, spaced);
      case '=' -> single(Kind.ASSIGN, 1, spaced);
      case '"', '`', '\'' -> literal(c, spaced);
      case '.' -> dot(spaced);
      case '$' -> word(Kind.VARIABLE, at + 1, spaced);
      default -> other(c, spaced);
    }
  }

  private void other(char c, boolean spaced) {
    if (text.startsWith(":=", at)) {
      single(Kind.DECLARE, 2, spaced);
    } else if (isDigit(c) || ((c == '-' || c == '+') && isNumberAt(at + 1))) {
      number(spaced);
    } else if (wordEnd(at) > at) {
      word(Kind.WORD, at, spaced);
    } else {
      throw error(at, "unexpected character '" + c + "' in an action");
    }
  }

  private boolean isNumberAt(int index) {
    return index < text.length() && (isDigit(text.charAt(index)) || text.charAt(index) == '.');
  }

  private void dot(boolean spaced) {
    int next = at + 1;
    if (next < text.length() && isDigit(text.charAt(next))) {
      number(spaced);
    } else if (wordEnd(next) > next) {
      word(Kind.FIELD, next, spaced);
    } else {
      single(Kind.DOT, 1, spaced);
      checkWordEnds(at);
    }
  }

  private void word(Kind kind, int from, boolean spaced) {
    addFrom(kind, from, wordEnd(from), spaced);
    checkWordEnds(at);
  }

  /** Like Go, {@code $x=1} and {@code print"a"} want a blank in between. */
  private void checkWordEnds(int end) {
    if (end < text.length()
        && !isSpace(text.charAt(end))
        && ".,|:)(".indexOf(text.charAt(end)) < 0
        && !text.startsWith("}}", end)) {
      throw error(end, "unexpected character '" + text.charAt(end) + "' after a name");
    }
  }

  private void number(boolean spaced) {
    int end = at + 1;
    while (end < text.length() && continuesNumber(end)) {
      end++;
    }
    addFrom(Kind.NUMBER, at, end, spaced);
  }

  private boolean continuesNumber(int index) {
    char c = text.charAt(index);
    boolean exponentSign =
        (c == '+' || c == '-')
            && "eEpP".indexOf(text.charAt(index - 1)) >= 0
            && !text.startsWith("0x", at);
    return isWordPart(c) || c == '.' || exponentSign;
  }

  private void literal(char quote, boolean spaced) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != quote) {
      if (quote != '`' && text.charAt(end) == '\n') {
        break;
      }
      end += quote != '`' && text.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= text.length() || text.charAt(end) != quote) {
      throw error(at, "unterminated literal: " + quote + " is missing");
    }
    String body = text.substring(at + 1, end);
    String value =
        quote == '`' ? body.replace("\r", "") : GoLiterals.unescape(body, quote, name, here());
    add(quote == '\'' ? Kind.CHARACTER : Kind.STRING, value, spaced);
    at = end + 1;
  }

  private void single(Kind kind, int length, boolean spaced) {
    addFrom(kind, at, at + length, spaced);
  }

  private void addFrom(Kind kind, int from, int to, boolean spaced) {
    add(kind, text.substring(from, to), spaced);
    at = to;
  }

  private void add(Kind kind, String value, boolean spaced) {
    tokens.add(new Token(kind, value, here(), spaced));
  }

  private int wordEnd(int from) {
    int end = from;
    while (end < text.length() && isWordPart(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private int skipSpaces(int from) {
    int end = from;
    while (end < text.length() && isSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private int here() {
    return lineAt(at);
  }

  /** Counts on from the last answer: lexing goes forward, so the whole stays linear. */
  private int lineAt(int index) {
    if (index < lineCountedTo) {
      line = 1;
      lineCountedTo = 0;
    }
    for (; lineCountedTo < index && lineCountedTo < text.length(); lineCountedTo++) {
      if (text.charAt(lineCountedTo) == '\n') {
        line++;
      }
    }
    return line;
  }

  private TemplateException error(int index, String message) {
    return new TemplateException(name, lineAt(index), message);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(int c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}

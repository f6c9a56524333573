package io.hawser.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Go's syntax of regular expressions in Java's; what means something else there is refused. */
final class RegexSyntax {
  private static final Pattern GROUP =
      Pattern.compile("\\(\\?(?:([ims]*(?:-[ims]+)?)[:)]|P<([A-Za-z0-9]+)>)");
  private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)([a-z]+):]");

  private static final Pattern COUNT = Pattern.compile("\\{[0-9]{1,4}(?:,[0-9]{0,4})?}");

  private final String expression;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private RegexSyntax(String expression) {
    this.expression = expression;
  }

  static String translate(String expression) {
    RegexSyntax syntax = new RegexSyntax(expression);
    while (syntax.at < expression.length()) {
      syntax.step();
    }
    return syntax.out.toString();
  }

  private void step() {
    char c = expression.charAt(at);
    switch (c) {
      case '\\' -> escape(false);
      case '[' -> characters();
      case '(' -> group();
      case '$' -> {
        // Java's would also match before a line break at the end.
        boolean lines = expression.matches("(?s).*\\(\\?[is]*m.*");
        out.append(lines ? "(?:(?=\\n)|\\z)" : "\\z");
        at++;
      }
      case '*', '+', '?' -> {
        at++;
        repetition(String.valueOf(c));
      }
      case '{' -> braces();
      default -> {
        out.append(c);
        at++;
      }
    }
  }

  private void braces() {
    Matcher matcher = COUNT.matcher(expression).region(at, expression.length());
    if (matcher.lookingAt()) {
      at = matcher.end();
      repetition(matcher.group());
    } else {
      out.append("\\{");
      at++;
    }
  }

  private void repetition(String written) {
    out.append(written);
    if (at < expression.length() && expression.charAt(at) == '?') {
      out.append('?');
      at++;
    }
    boolean counted = COUNT.matcher(expression).region(at, expression.length()).lookingAt();
    if (counted || (at < expression.length() && "*+?".indexOf(expression.charAt(at)) >= 0)) {
      throw refused("a repetition of a repetition");
    }
  }

  private void group() {
    if (!expression.startsWith("(?", at)) {
      out.append('(');
      at++;
      return;
    }
    Matcher matcher = GROUP.matcher(expression).region(at, expression.length());
    if (!matcher.lookingAt()) {
      throw refused("a group of this kind");
    }
    out.append(matcher.group(2) == null ? matcher.group() : "(?<" + matcher.group(2) + ">");
    at = matcher.end();
  }

  private void characters() {
    out.append('[');
    at++;
    if (expression.startsWith("^", at)) {
      out.append('^');
      at++;
    }
    boolean first = true;
    while (at < expression.length() && (first || expression.charAt(at) != ']')) {
      char c = expression.charAt(at);
      Matcher posix = POSIX.matcher(expression).region(at, expression.length());
      if (posix.lookingAt()) {
        posix(posix.group(2), !posix.group(1).isEmpty());
        at = posix.end();
      } else if (c == '\\') {
        escape(true);
      } else {
        out.append("[]&^".indexOf(c) >= 0 ? "\\" : "").append(c);
        at++;
      }
      first = false;
    }
    if (at >= expression.length()) {
      throw refused("a [ without ]");
    }
    out.append(']');
    at++;
  }

  private void posix(String name, boolean not) {
    String java =
        switch (name) {
          case "alpha",
              "digit",
              "alnum",
              "upper",
              "lower",
              "punct",
              "graph",
              "print",
              "blank",
              "cntrl",
              "space" ->
              "{" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "}";
          case "xdigit" -> "{XDigit}";
          case "ascii" -> "{ASCII}";
          case "word" -> "";
          default -> throw refused("a class of this name");
        };
    out.append(java.isEmpty() ? (not ? "\\W" : "\\w") : (not ? "\\P" : "\\p") + java);
  }

  private void escape(boolean inside) {
    if (at + 1 >= expression.length()) {
      throw refused("a \\ at the end");
    }
    char c = expression.charAt(at + 1);
    at += 2;
    if (c == 'Q') {
      int end = expression.indexOf("\\E", at);
      String literal = expression.substring(at, end < 0 ? expression.length() : end);
      literal.chars().forEach(one -> out.append(special(one) ? "\\" : "").append((char) one));
      at = end < 0 ? expression.length() : end + 2;
    } else if (c == 'v') {
      out.append("\\x0B");
    } else if (c == 's') {
      out.append(inside ? "\\t\\n\\f\\r " : "[\\t\\n\\f\\r ]");
    } else if ("dDwWS".indexOf(c) >= 0 || (!inside && "bBAz".indexOf(c) >= 0)) {
      out.append('\\').append(c);
    } else if ("afnrtx".indexOf(c) >= 0) {
      out.append('\\').append(c);
    } else if (c == 'p' || c == 'P') {
      property(c);
    } else if (c < 0x80 && !Character.isLetterOrDigit(c)) {
      out.append('\\').append(c);
    } else {
      throw refused("an escape of this kind");
    }
  }

  private static boolean special(int c) {
    return "\\.+*?()|[]{}^$-&".indexOf(c) >= 0;
  }

  private void property(char c) {
    out.append('\\').append(c);
    int end = expression.startsWith("{", at) ? expression.indexOf('}', at) : at;
    if (end < 0 || end >= expression.length()) {
      throw refused("a \\p without a name");
    }
    String name = end == at ? expression.substring(at, at + 1) : expression.substring(at + 1, end);
    out.append(name.length() > 2 ? "{Is" + name + "}" : "{" + name + "}");
    at = end + 1;
  }

  private static IllegalArgumentException refused(String what) {
    return new IllegalArgumentException(
        "argument 1 is no regular expression that is supported: " + what);
  }
}

package io.hawser.clusterfile;

/**
 * Puts marks into a template that tell, in what it is rendered to, where a part comes from. Marks
 * stand before each action and before the first character after it that is no white space, so that
 * what trim markers take away stays the same. Whoever uses this compares the text without the marks
 * with the real one: where this reads a template otherwise than the engine does, that shows.
 */
final class ActionMarks {
  static final char OPEN = '\ue000';
  static final char CLOSE = '\ue001';

  /** Follows {@link #OPEN} where an action begins. */
  static final char ACTION = '!';

  private final String template;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private ActionMarks(String template) {
    this.template = template;
  }

  /** The template with marks. */
  static String in(String template) {
    return new ActionMarks(template).marked();
  }

  private String marked() {
    while (at < template.length()) {
      int action = template.indexOf("{{", at);
      text(action < 0 ? template.length() : action);
      if (action >= 0) {
        action();
      }
    }
    return out.toString();
  }

  private void text(int end) {
    int start = at;
    while (start < end && isSpace(template.charAt(start))) {
      start++;
    }
    out.append(template, at, start);
    if (start < end) {
      out.append(OPEN).append(start).append(CLOSE).append(template, start, end);
    }
    at = end;
  }

  /** What Go trims. */
  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  private void action() {
    boolean trims =
        template.startsWith("{{-", at)
            && at + 3 < template.length()
            && isSpace(template.charAt(at + 3));
    out.append(trims ? "{{- \"" : "{{\"").append(OPEN).append(ACTION).append(at).append(CLOSE);
    out.append("\"}}{{");
    int body = at + 2;
    if (trims) {
      body += 2;
      while (body < template.length() && isSpace(template.charAt(body))) {
        body++;
      }
    }
    int end = end(body);
    out.append(template, body, end);
    at = end;
  }

  /** After the braces that close the action, or the end of the template. */
  private int end(int body) {
    if (template.startsWith("/*", body)) {
      int comment = template.indexOf("*/", body + 2);
      body = comment < 0 ? template.length() : comment + 2;
    }
    for (int i = body; i < template.length(); i++) {
      char c = template.charAt(i);
      if (c == '"' || c == '`' || c == '\'') {
        i = quoteEnd(i, c);
      } else if (template.startsWith("}}", i)) {
        return i + 2;
      }
    }
    return template.length();
  }

  private int quoteEnd(int start, char quote) {
    int i = start + 1;
    while (i < template.length() && template.charAt(i) != quote) {
      i += quote != '`' && template.charAt(i) == '\\' ? 2 : 1;
    }
    return i;
  }
}

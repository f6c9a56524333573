package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of Go on Java's engine. Go's engine needs time in proportion to the text,
 * Java's does not, so the characters that it looks at are counted and limited.
 */
final class GoRegex {
  private static final int LONGEST = 1_000;
  private static final long MOST_LOOKS = 20_000_000;

  private final Pattern pattern;
  private final Budget budget;

  GoRegex(String expression, Budget budget) {
    if (expression.length() > LONGEST) {
      throw new IllegalArgumentException("a regular expression of more than " + LONGEST);
    }
    try {
      pattern =
          Pattern.compile(
              RegexSyntax.translate(expression), Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("argument 1 is no regular expression");
    }
    this.budget = budget;
  }

  /** A text that counts how often it is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      if (++looks > MOST_LOOKS) {
        throw new IllegalArgumentException("the regular expression takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Nullable MatchResult find(String text, int from) {
    Counted counted = new Counted(text);
    Matcher matcher = pattern.matcher(counted);
    try {
      boolean found = matcher.find(from);
      budget.work(counted.looks);
      return found ? matcher.toMatchResult() : null;
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("the regular expression is nested too deep for this text");
    }
  }

  /** All matches, at most so many; like Go without empty ones right behind another. */
  List<MatchResult> all(String text, long most) {
    List<MatchResult> matches = new ArrayList<>();
    int from = 0;
    int end = -1;
    while (from <= text.length() && (most < 0 || matches.size() < most)) {
      MatchResult match = find(text, from);
      if (match == null) {
        break;
      }
      boolean empty = match.end() == from;
      boolean behind = empty && match.start() == end;
      from = empty ? after(text, from) : match.end();
      end = match.end();
      if (!behind) {
        budget.makeElement();
        matches.add(match);
      }
    }
    return matches;
  }

  /** The place behind the character at a place. */
  static int after(String text, int at) {
    return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
  }

  /** Fills {@code $1} and {@code ${1}}; what names no group is left out. */
  static String expand(String template, MatchResult match) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int dollar = template.indexOf('$', at);
      if (dollar < 0) {
        break;
      }
      out.append(template, at, dollar);
      at = dollar + 1;
      if (template.startsWith("$", at)) {
        out.append('$');
        at++;
        continue;
      }
      boolean braces = template.startsWith("{", at);
      int start = braces ? at + 1 : at;
      int end = start;
      while (end < template.length() && isName(template.charAt(end))) {
        end++;
      }
      if (end == start || (braces && !template.startsWith("}", end))) {
        out.append('$');
        continue;
      }
      out.append(group(template.substring(start, end), match));
      at = braces ? end + 1 : end;
    }
    return out.append(template, at, template.length()).toString();
  }

  private static boolean isName(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String group(String name, MatchResult match) {
    if (!name.matches("[0-9]{1,4}")) {
      if (name.matches("[0-9].*")) {
        return "";
      }
      throw new IllegalArgumentException("named groups are not supported in a replacement");
    }
    int number = Integer.parseInt(name);
    String group = number <= match.groupCount() ? match.group(number) : null;
    return group == null ? "" : group;
  }
}

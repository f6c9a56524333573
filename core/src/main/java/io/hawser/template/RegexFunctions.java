package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/** Functions with regular expressions in Go's syntax. */
final class RegexFunctions {
  private RegexFunctions() {}

  static void addTo(FunctionTable table) {
    // Unlike sprig, which takes a wrong expression for one that does not match.
    table.addBoth("regexMatch", "ss", a -> of(a).find(a.text(1), 0) != null);
    table.addBoth("regexFind", "ss", RegexFunctions::first);
    table.addBoth("regexFindAll", "ssi", RegexFunctions::all);
    table.addBoth("regexReplaceAll", "sss", a -> replaced(a, false));
    table.addBoth("regexReplaceAllLiteral", "sss", a -> replaced(a, true));
    table.addBoth("regexSplit", "ssi", RegexFunctions::split);
    table.add("regexQuoteMeta", "s", RegexFunctions::quoted);
  }

  private static GoRegex of(Arguments arguments) {
    return new GoRegex(arguments.text(0), arguments.budget());
  }

  private static String first(Arguments arguments) {
    MatchResult found = of(arguments).find(arguments.text(1), 0);
    return found == null ? "" : found.group();
  }

  private static GoList all(Arguments arguments) {
    List<String> texts = new ArrayList<>();
    for (MatchResult match : of(arguments).all(arguments.text(1), arguments.integer(2))) {
      texts.add(match.group());
    }
    return GoList.texts(texts);
  }

  private static String replaced(Arguments arguments, boolean literal) {
    GoRegex regex = of(arguments);
    String text = arguments.text(1);
    StringBuilder out = new StringBuilder();
    int done = 0;
    int from = 0;
    while (from <= text.length()) {
      MatchResult match = regex.find(text, from);
      if (match == null) {
        break;
      }
      out.append(text, done, match.start());
      if (match.end() > done || match.start() == 0) {
        out.append(literal ? arguments.text(2) : GoRegex.expand(arguments.text(2), match));
        Budget.length(out.length());
      }
      done = match.end();
      from = Math.max(done, GoRegex.after(text, from));
    }
    out.append(text, done, text.length());
    arguments.budget().make(out.length());
    return out.toString();
  }

  private static GoList split(Arguments arguments) {
    String text = arguments.text(1);
    long most = arguments.integer(2);
    List<String> parts = new ArrayList<>();
    if (most == 0) {
      return GoList.texts(parts);
    } else if (text.isEmpty() && !arguments.text(0).isEmpty()) {
      return GoList.texts(List.of(""));
    }
    int begin = 0;
    int end = 0;
    for (MatchResult match : of(arguments).all(text, most)) {
      if (most > 0 && parts.size() == most - 1) {
        break;
      }
      end = match.start();
      if (match.end() != 0) {
        parts.add(text.substring(begin, end));
      }
      begin = match.end();
    }
    if (end != text.length()) {
      parts.add(text.substring(begin));
    }
    return GoList.texts(parts);
  }

  private static String quoted(Arguments arguments) {
    String text = arguments.text(0);
    arguments.budget().make(text.length() * 2L);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      out.append("\\.+*?()|[]{}^$".indexOf(text.charAt(i)) >= 0 ? "\\" : "").append(text.charAt(i));
    }
    return out.toString();
  }
}

package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions on text. A nil where a text is needed is an error, as in Go. */
final class TextFunctions {
  private TextFunctions() {}

  static void addTo(FunctionTable table) {
    table.add("contains", "ss", test(String::contains));
    table.add("hasPrefix", "ss", test(String::startsWith));
    table.add("hasSuffix", "ss", test(String::endsWith));
    table.add("lower", "s", change(text -> GoText.map(text, Character::toLowerCase)));
    table.add("upper", "s", change(text -> GoText.map(text, Character::toUpperCase)));
    table.add("trim", "s", change(text -> GoText.trim(text, GoText::isSpace)));
    table.add("trimAll", "ss", a -> trimAll(a.text(0), a.text(1)));
    table.add("trimall", "ss", a -> trimAll(a.text(0), a.text(1)));
    table.add("trimPrefix", "ss", TextFunctions::trimPrefix);
    table.add("trimSuffix", "ss", TextFunctions::trimSuffix);
    table.add("repeat", "is", TextFunctions::repeat);
    table.add("quote", "a*", a -> quoted(a, GoLiterals::quote));
    table.add("squote", "a*", a -> quoted(a, text -> "'" + text + "'"));
    table.add("cat", "a*", TextFunctions::cat);
    table.add("indent", "is", TextFunctions::indent);
    table.add("nindent", "is", a -> "\n" + indent(a));
    table.add("replace", "sss", TextFunctions::replace);
    table.add("trunc", "is", TextFunctions::truncate);
    table.add("substr", "iis", TextFunctions::substring);
    table.add("split", "ss", a -> numbered(parts(a, 1, -1)));
    table.add("splitn", "sis", a -> numbered(parts(a, 2, a.integer(1))));
    table.add("splitList", "ss", a -> GoList.texts(parts(a, 1, -1)));
    table.add("join", "sa", TextFunctions::join);
    table.add("sortAlpha", "a", TextFunctions::sorted);
    table.add("toStrings", "a", a -> GoList.texts(GoText.texts(a.get(0), a.budget())));
    table.add("toString", "a", a -> GoValues.print(a.get(0), a.budget()));
  }

  private static Function.Body test(BiPredicate<String, String> predicate) {
    return arguments -> {
      arguments.budget().work(arguments.text(1).length());
      return predicate.test(arguments.text(1), arguments.text(0));
    };
  }

  private static Function.Body change(UnaryOperator<String> change) {
    return arguments -> {
      arguments.budget().make(arguments.text(0).length());
      return change.apply(arguments.text(0));
    };
  }

  private static String trimAll(String cut, String text) {
    return GoText.trim(text, c -> cut.indexOf(c) >= 0);
  }

  private static String trimPrefix(Arguments arguments) {
    String prefix = arguments.text(0);
    String text = arguments.text(1);
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String trimSuffix(Arguments arguments) {
    String suffix = arguments.text(0);
    String text = arguments.text(1);
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  private static String repeat(Arguments arguments) {
    long count = arguments.integer(0);
    String text = arguments.text(1);
    if (count < 0) {
      throw new IllegalArgumentException("the count is negative");
    }
    Budget.length(count);
    arguments.budget().make(count * text.length());
    return text.repeat((int) count);
  }

  /** Like sprig: nil arguments are left out. */
  private static String quoted(Arguments arguments, UnaryOperator<String> quote) {
    List<String> texts = new ArrayList<>();
    for (Object value : arguments.from(0)) {
      if (value != null) {
        String text = GoValues.print(value, arguments.budget());
        arguments.budget().make(text.length());
        texts.add(quote.apply(text));
      }
    }
    return String.join(" ", texts);
  }

  private static String cat(Arguments arguments) {
    List<String> texts = new ArrayList<>();
    for (Object value : arguments.from(0)) {
      if (value != null) {
        texts.add(GoValues.print(value, arguments.budget()));
      }
    }
    return GoText.join(texts, " ", arguments.budget());
  }

  private static String indent(Arguments arguments) {
    long width = arguments.integer(0);
    String text = arguments.text(1);
    if (width < 0) {
      throw new IllegalArgumentException("the width is negative");
    }
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    Budget.length(width);
    arguments.budget().make(text.length() + lines * width);
    String padding = " ".repeat((int) width);
    return padding + text.replace("\n", "\n" + padding);
  }

  private static String replace(Arguments arguments) {
    return GoText.replace(
        arguments.text(2), arguments.text(0), arguments.text(1), arguments.budget());
  }

  private static String truncate(Arguments arguments) {
    long count = arguments.integer(0);
    return ByteText.change(
        arguments.text(1),
        text -> {
          if (count < 0 && text.length() + count > 0) {
            return text.substring((int) (text.length() + count));
          }
          return count >= 0 && text.length() > count ? text.substring(0, (int) count) : text;
        });
  }

  private static String substring(Arguments arguments) {
    long start = arguments.integer(0);
    long end = arguments.integer(1);
    return ByteText.change(
        arguments.text(2),
        text -> {
          long from = Math.max(0, start);
          long to = start >= 0 && (end < 0 || end > text.length()) ? text.length() : end;
          if (from > to || to > text.length()) {
            throw new IllegalArgumentException("the part is out of range");
          }
          return text.substring((int) from, (int) to);
        });
  }

  private static List<String> parts(Arguments arguments, int text, long most) {
    Budget budget = arguments.budget();
    budget.make(arguments.text(text).length());
    return GoText.split(arguments.text(text), arguments.text(0), most, budget);
  }

  private static GoMap numbered(List<String> parts) {
    GoMap map = new GoMap("string", parts.size());
    for (int i = 0; i < parts.size(); i++) {
      map.put("_" + i, parts.get(i));
    }
    return map;
  }

  private static String join(Arguments arguments) {
    Budget budget = arguments.budget();
    return GoText.join(GoText.texts(arguments.get(1), budget), arguments.text(0), budget);
  }

  private static GoList sorted(Arguments arguments) {
    @Nullable Object value = arguments.get(0);
    List<String> texts = value == null ? List.of("<nil>") : GoText.texts(value, arguments.budget());
    return GoList.texts(texts.stream().sorted(GoMap.ORDER).toList());
  }
}

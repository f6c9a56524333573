package io.hawser.template;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions on text. A nil where a text is needed is an error, as in Go. */
final class TextFunctions {
  private TextFunctions() {}

  static void addTo(Map<String, Functions.Body> functions) {
    functions.put("contains", test(String::contains));
    functions.put("hasPrefix", test(String::startsWith));
    functions.put("hasSuffix", test(String::endsWith));
    functions.put("lower", change(text -> text.toLowerCase(Locale.ROOT)));
    functions.put("upper", change(text -> text.toUpperCase(Locale.ROOT)));
    functions.put("trim", change(String::strip));
    functions.put("b64enc", change(TextFunctions::base64));
    functions.put("quote", a -> quoted(a, value -> GoLiterals.quote(value)));
    functions.put("squote", a -> quoted(a, value -> "'" + value + "'"));
    functions.put("printf", TextFunctions::printf);
    functions.put("join", TextFunctions::join);
    functions.put("replace", TextFunctions::replace);
    functions.put("indent", TextFunctions::indent);
    functions.put("nindent", a -> "\n" + indent(a));
  }

  private static Functions.Body test(BiPredicate<String, String> predicate) {
    return arguments -> {
      arguments.count(2, 2);
      return predicate.test(arguments.text(1), arguments.text(0));
    };
  }

  private static Functions.Body change(UnaryOperator<String> change) {
    return arguments -> {
      arguments.count(1, 1);
      return change.apply(arguments.text(0));
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Like sprig: nil arguments are left out. */
  private static String quoted(Arguments arguments, UnaryOperator<String> quote) {
    List<String> texts = new ArrayList<>();
    for (Object value : arguments.from(0)) {
      if (!Missing.isNil(value)) {
        texts.add(quote.apply(GoValues.print(value)));
      }
    }
    return String.join(" ", texts);
  }

  private static String printf(Arguments arguments) {
    arguments.count(1, Integer.MAX_VALUE);
    return GoFormat.format(arguments.text(0), arguments.from(1));
  }

  private static String join(Arguments arguments) {
    arguments.count(2, 2);
    String separator = arguments.text(0);
    Object value = arguments.get(1);
    List<?> items = value instanceof List<?> list ? list : List.of(GoValues.print(value));
    List<String> texts = new ArrayList<>();
    long length = 0;
    for (@Nullable Object item : items) {
      if (!Missing.isNil(item)) {
        String text = GoValues.print(item);
        length += text.length() + separator.length();
        Budget.length(length);
        texts.add(text);
      }
    }
    return String.join(separator, texts);
  }

  private static String replace(Arguments arguments) {
    arguments.count(3, 3);
    String old = arguments.text(0);
    String replacement = arguments.text(1);
    String text = arguments.text(2);
    // The upper bound is cheap and safe; the exact length is known only after the work.
    long most = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
    Budget.length(text.length() + most * Math.max(0, replacement.length() - old.length()));
    return text.replace(old, replacement);
  }

  private static String indent(Arguments arguments) {
    arguments.count(2, 2);
    long width = arguments.integer(0);
    String text = arguments.text(1);
    if (width < 0) {
      throw new IllegalArgumentException("the width is negative");
    }
    long lines = text.chars().filter(c -> c == '\n').count() + 1;
    Budget.length(width);
    Budget.length(text.length() + lines * width);
    String padding = " ".repeat((int) width);
    return padding + text.replace("\n", "\n" + padding);
  }
}

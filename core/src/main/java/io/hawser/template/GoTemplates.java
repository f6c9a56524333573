package io.hawser.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Go's template language with options: strict or as sealos, and functions that {@link Templates}
 * does not have. Immutable; every method gives another one.
 */
public final class GoTemplates implements TemplateEngine {
  private static final GoTemplates STANDARD = new GoTemplates(Functions.standard(), false);

  private final Functions functions;
  private final boolean strict;

  private GoTemplates(Functions functions, boolean strict) {
    this.functions = functions;
    this.strict = strict;
  }

  /** The same as {@link Templates#render}. */
  public static GoTemplates standard() {
    return STANDARD;
  }

  /** Whether a missing key that would be printed is an error, as in {@link Templates}. */
  public GoTemplates strict(boolean wanted) {
    return new GoTemplates(functions, wanted);
  }

  /** Adds a function, or replaces one; not {@code and} and {@code or}. */
  public GoTemplates function(CharSequence name, TemplateFunction function) {
    String word = name.toString();
    boolean taken = word.equals(Functions.AND) || word.equals(Functions.OR);
    if (taken || !word.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("\"" + word + "\" cannot be the name of a function");
    }
    Function.Body body = arguments -> call(function, arguments);
    return new GoTemplates(functions.with(new Function(word, "a", true, false, body)), strict);
  }

  /** Allows {@code env}, for these variables only; others are empty, as in a shell. */
  public GoTemplates environment(Map<String, ?> variables) {
    Map<String, String> copy = new LinkedHashMap<>();
    for (Map.Entry<?, ?> variable : variables.entrySet()) {
      copy.put(String.valueOf(variable.getKey()), String.valueOf(variable.getValue()));
    }
    return function(
        "env",
        arguments -> {
          if (arguments.size() != 1 || !(arguments.get(0) instanceof String variable)) {
            throw new IllegalArgumentException("expects the name of a variable");
          }
          return copy.getOrDefault(variable, "");
        });
  }

  private static @Nullable Object call(TemplateFunction function, Arguments arguments) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : arguments.from(0)) {
      values.add(java(value, arguments.budget(), 0));
    }
    Object answer = GoValues.value(function.apply(Collections.unmodifiableList(values)));
    if (answer instanceof String text) {
      arguments.budget().make(text.length());
    }
    return answer;
  }

  private static @Nullable Object java(@Nullable Object value, Budget budget, int depth) {
    GoValues.checkDepth(depth);
    if (value instanceof GoList list) {
      budget.copyElements(list.size());
      List<@Nullable Object> copy = new ArrayList<>();
      list.items().forEach(item -> copy.add(java(item, budget, depth + 1)));
      return Collections.unmodifiableList(copy);
    } else if (value instanceof GoMap map) {
      budget.makeElements(map.size());
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      map.keys().forEach(key -> copy.put(key, java(map.get(key), budget, depth + 1)));
      return Collections.unmodifiableMap(copy);
    } else if (value instanceof GoInt number) {
      return number.value();
    }
    return value instanceof Version version ? version.toString() : value;
  }

  @Override
  public String render(CharSequence text, CharSequence name, Map<String, ?> values) {
    return evaluate(text, name, values, strict ? GoTemplates::refuse : null);
  }

  /**
   * Everything that a strict rendering would object to, in order; empty when it would not. After a
   * fault other than a missing key nothing more is looked for.
   */
  public List<TemplateException> problems(
      CharSequence text, CharSequence name, Map<String, ?> values) {
    List<TemplateException> problems = new ArrayList<>();
    try {
      evaluate(text, name, values, problems::add);
    } catch (TemplateException e) {
      problems.add(e);
    }
    return List.copyOf(problems);
  }

  private static void refuse(TemplateException problem) {
    throw problem;
  }

  /**
   * @param missing takes the missing keys that would be printed; null to print them as Go does
   */
  String evaluate(
      CharSequence text,
      CharSequence name,
      Map<String, ?> values,
      @Nullable Consumer<TemplateException> missing) {
    GoMap data = GoValues.of(values);
    ParsedTemplate template = TemplateParser.parse(text.toString(), name.toString(), functions);
    return Evaluator.render(template, data, missing);
  }
}

package io.hawser.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Renders templates of a rootfs: Go's template language with the functions that sealos's images
 * use.
 *
 * <p>Understood: fields ({@code .k}, {@code .Env.k}), literals, parentheses, pipes, variables,
 * {@code if}, {@code with}, {@code range} with {@code else}, {@code break} and {@code continue},
 * comments, trim markers, and the functions {@code and or not eq ne lt le gt ge default empty
 * contains hasPrefix hasSuffix lower upper trim quote squote printf len index join replace int
 * toString indent nindent b64enc semverCompare}. Not yet: {@code define}, {@code template}, {@code
 * block}.
 *
 * <p>Values are texts, whole numbers, floats, booleans, collections and maps of these; another type
 * is an {@link IllegalArgumentException}. They are data and never parsed again; nothing else is
 * visible to a template: no environment, file or network. Every rendering ends: output and every
 * text are limited to 16 Mi characters, loops to a million rounds.
 *
 * <p>All methods are pure and may be called by any number of threads.
 */
public final class Templates {
  private Templates() {}

  /**
   * Renders as sealos does: a missing key prints {@code <no value>}.
   *
   * @param text the template
   * @param name the template's name in messages, for example its file
   * @param values the keys at the top level, also visible below {@code .Env}
   * @throws TemplateException if the template is wrong, or a function cannot take its arguments
   */
  public static String render(CharSequence text, CharSequence name, Map<String, ?> values) {
    return evaluate(text, name, values, null);
  }

  /**
   * Renders, but a missing key that would be printed is an error that names the nearest known key.
   * As an argument or condition a missing key is nil, as in {@link #render}.
   *
   * @throws TemplateException also for the first missing key that would be printed
   */
  public static String renderStrict(CharSequence text, CharSequence name, Map<String, ?> values) {
    return evaluate(
        text,
        name,
        values,
        problem -> {
          throw problem;
        });
  }

  /**
   * Everything that {@link #renderStrict} would object to, in order; empty when it would not. After
   * a fault other than a missing key nothing more is looked for.
   */
  public static List<TemplateException> problems(
      CharSequence text, CharSequence name, Map<String, ?> values) {
    List<TemplateException> problems = new ArrayList<>();
    try {
      evaluate(text, name, values, problems::add);
    } catch (TemplateException e) {
      problems.add(e);
    }
    return List.copyOf(problems);
  }

  private static String evaluate(
      CharSequence text,
      CharSequence name,
      Map<String, ?> values,
      @Nullable Consumer<TemplateException> strict) {
    String file = name.toString();
    Map<String, @Nullable Object> data = GoValues.of(values);
    List<Part> parts = TemplateParser.parse(text.toString(), file, Functions.names());
    return Evaluator.render(parts, file, data, strict);
  }
}

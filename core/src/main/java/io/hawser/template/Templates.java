package io.hawser.template;

import java.util.List;
import java.util.Map;

/**
 * Renders templates of a rootfs: Go's template language with the functions that sealos's images
 * use.
 *
 * <p>Understood is the whole language, and the functions of docs/templates.md: Go's own, sprig's
 * and Helm's, but for those that look at a clock, at chance, the environment, files or the network.
 *
 * <p>Values are texts, whole numbers (Go's int), floats, booleans, collections and maps of these;
 * another type is an {@link IllegalArgumentException}. They are data and never parsed again;
 * nothing else is visible to a template: no environment, file or network. Every rendering ends:
 * output and every text are limited to 4 Mi characters, loops to a million rounds, actions and
 * calls to ten million, templates that call each other to a depth of 500.
 *
 * <p>{@link GoTemplates} is the same with functions of your own.
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
    return GoTemplates.standard().render(text, name, values);
  }

  /**
   * Renders, but a missing key that would be printed is an error that names the nearest known key.
   * As an argument or condition a missing key is nil, as in {@link #render}.
   *
   * @throws TemplateException also for the first missing key that would be printed
   */
  public static String renderStrict(CharSequence text, CharSequence name, Map<String, ?> values) {
    return GoTemplates.standard().strict(true).render(text, name, values);
  }

  /**
   * Everything that {@link #renderStrict} would object to, in order; empty when it would not. After
   * a fault other than a missing key nothing more is looked for.
   */
  public static List<TemplateException> problems(
      CharSequence text, CharSequence name, Map<String, ?> values) {
    return GoTemplates.standard().problems(text, name, values);
  }
}

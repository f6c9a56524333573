package io.hawser.template;

import java.util.Map;

/**
 * Renders templates. {@link GoTemplates} is the one that Hawser has; whoever brings another one
 * implements this. It is called by any number of threads at once.
 */
@FunctionalInterface
public interface TemplateEngine {
  /**
   * Renders a template.
   *
   * @param text the template
   * @param name the template's name in messages, for example its file
   * @param values the keys at the top level
   * @throws TemplateException if the template is wrong, or cannot be rendered with these values
   */
  String render(CharSequence text, CharSequence name, Map<String, ?> values);
}

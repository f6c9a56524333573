package io.hawser.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of your own for templates. It must be safe for many threads, and give the same for the
 * same arguments if renderings shall.
 */
@FunctionalInterface
public interface TemplateFunction {
  /**
   * Answers a call.
   *
   * @param arguments Strings, Booleans, Longs, Doubles, Lists and Maps of these, and null; copies
   * @return a value of the kinds that {@link Templates} takes
   * @throws IllegalArgumentException if it refuses them; the message is shown with file and line
   */
  @Nullable Object apply(List<@Nullable Object> arguments);
}

package io.hawser.registry;

import io.hawser.HawserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registry cannot be installed or filled as wanted, for a reason that lies on the controller: the
 * artifacts cannot be read or are damaged, or there is no registry program.
 */
public final class RegistryException extends HawserException {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> problems;

  /** Makes an exception with every problem that was found; none when the message says it all. */
  public RegistryException(
      String message, Collection<? extends CharSequence> problems, @Nullable Throwable cause) {
    super(message, cause);
    this.problems = new ArrayList<>();
    // Groovy hands over GStrings inside collections.
    problems.forEach(problem -> this.problems.add(problem.toString()));
  }

  RegistryException(String message) {
    this(message, List.of(), null);
  }

  /** Each problem in one line that names the file. */
  public List<String> problems() {
    return List.copyOf(problems);
  }
}

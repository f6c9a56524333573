package io.hawser.template;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The functions of the template language by name: Go's own and those of sprig. */
final class Functions {
  /** What a name stands for; faults are thrown as {@link IllegalArgumentException}. */
  interface Body {
    @Nullable Object apply(Arguments arguments);
  }

  private static final Map<String, Body> BODIES = new TreeMap<>();

  static {
    LogicFunctions.addTo(BODIES);
    TextFunctions.addTo(BODIES);
  }

  /** These two evaluate their arguments one by one, so the evaluator does them itself. */
  private static final Set<String> SHORT_CIRCUIT = Set.of("and", "or");

  /** Functions for which a missing key is an ordinary argument; the others would print it. */
  private static final Set<String> TAKING_NIL = Set.of("default", "empty", "not", "eq", "ne");

  private Functions() {}

  static boolean takesNil(String name) {
    return TAKING_NIL.contains(name);
  }

  static Set<String> names() {
    Set<String> names = new TreeSet<>(BODIES.keySet());
    names.addAll(SHORT_CIRCUIT);
    return names;
  }

  static @Nullable Object call(String name, Arguments arguments, Budget budget) {
    Body body = BODIES.get(name);
    if (body == null) {
      throw new IllegalArgumentException("needs an argument");
    }
    budget.work(arguments.characters());
    Object result = body.apply(arguments);
    if (result instanceof String text) {
      Budget.length(text.length());
      budget.work(text.length());
    }
    return result;
  }
}

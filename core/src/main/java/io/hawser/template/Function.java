package io.hawser.template;

import org.jspecify.annotations.Nullable;

/**
 * A function of the template language.
 *
 * @param name as templates write it
 * @param parameters a letter for the type of each: s a text, i an int, u an unsigned one, f a
 *     float, b a boolean, m a map, a anything
 * @param variadic whether the last may stand any number of times, also none
 * @param takesNil whether a missing key is an ordinary argument, rather than one it would print
 */
record Function(String name, String parameters, boolean variadic, boolean takesNil, Body body) {
  /** Texts are the only values that all may print, so what takes them must not get a nil. */
  static final char TEXT = 's';

  static final char INT = 'i';
  static final char UNSIGNED = 'u';
  static final char FLOAT = 'f';
  static final char BOOLEAN = 'b';
  static final char MAP = 'm';
  static final char ANY = 'a';

  /** What a name stands for; faults are thrown as {@link IllegalArgumentException}. */
  @FunctionalInterface
  interface Body {
    @Nullable Object apply(Arguments arguments);
  }

  /** The type of an argument by its place. */
  char parameter(int index) {
    return parameters.charAt(Math.min(index, parameters.length() - 1));
  }

  void checkCount(int given) {
    int least = parameters.length() - (variadic ? 1 : 0);
    if (given < least && (name.equals(Functions.AND) || name.equals(Functions.OR))) {
      throw new IllegalArgumentException("needs an argument");
    }
    if (given < least || (given > least && !variadic)) {
      throw new IllegalArgumentException(
          "expects " + (variadic ? "at least " : "") + least + " arguments, got " + given);
    }
  }
}

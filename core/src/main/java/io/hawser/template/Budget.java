package io.hawser.template;

/** What one rendering may use, so that it always ends. Not thread-safe; one per rendering. */
final class Budget {
  /** The most characters that a rendering prints, and the longest text a function makes. */
  static final int LONGEST = 16 * 1024 * 1024;

  private static final int MOST_ROUNDS = 1_000_000;
  private static final long MOST_WORK = 16L * LONGEST;

  private int rounds;
  private long work;

  /** Counts one round of a loop. */
  void round() {
    if (++rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("more than " + MOST_ROUNDS + " rounds of loops");
    }
  }

  /** Counts characters that a function reads or writes. */
  void work(long characters) {
    work += characters + 1;
    if (work > MOST_WORK) {
      throw new IllegalArgumentException("the template handles too much text");
    }
  }

  /** Checks the length of a text before it is made. */
  static void length(long characters) {
    if (characters > LONGEST) {
      throw new IllegalArgumentException("a text of more than " + LONGEST + " characters");
    }
  }
}

package io.hawser.template;

/** What one rendering may use, so that it always ends. Not thread-safe; one per rendering. */
final class Budget {
  /** The most characters that a rendering prints, and the longest text a function makes. */
  static final int LONGEST = 4 * 1024 * 1024;

  /** How deep templates may call each other, and values may be nested. */
  static final int DEEPEST = 500;

  private static final int MOST_ROUNDS = 1_000_000;
  private static final int MOST_STEPS = 10_000_000;
  private static final long MOST_WORK = 64L * LONGEST;
  private static final long MOST_MADE = 4L * LONGEST;

  /** What a list or map weighs by itself, in characters. */
  private static final int CONTAINER = 128;

  /** What an element that is made weighs, and one that is only pointed to. */
  private static final int ELEMENT = 16;

  private static final int POINTER = 4;

  private int rounds;
  private int steps;
  private long work;
  private long made;

  /** Counts one round of a loop. */
  void round() {
    if (++rounds > MOST_ROUNDS) {
      throw new IllegalArgumentException("more than " + MOST_ROUNDS + " rounds of loops");
    }
  }

  /** Counts one action or function call. */
  void step() {
    if (++steps > MOST_STEPS) {
      throw new IllegalArgumentException("more than " + MOST_STEPS + " actions and calls");
    }
  }

  /** Counts characters that a function reads. */
  void work(long characters) {
    work += characters + 1;
    if (work > MOST_WORK) {
      throw new IllegalArgumentException("the template handles too much text");
    }
  }

  /** Counts characters that a function writes, before it does. */
  void make(long characters) {
    length(characters);
    made += characters;
    if (made > MOST_MADE) {
      throw new IllegalArgumentException("the template handles too much text");
    }
    work(characters);
  }

  /** Counts a list or map whose elements are made as well, before it is. */
  void makeElements(long count) {
    make(CONTAINER + Math.min(count, LONGEST) * ELEMENT);
  }

  /** Counts a list of elements that are there already. */
  void copyElements(long count) {
    make(CONTAINER + Math.min(count, LONGEST) * POINTER);
  }

  /** Counts one element that is made for a list or map that is there. */
  void makeElement() {
    make(ELEMENT);
  }

  /** Checks the length of a text before it is made. */
  static void length(long characters) {
    if (characters > LONGEST) {
      throw new IllegalArgumentException("a text of more than " + LONGEST + " characters");
    }
  }
}

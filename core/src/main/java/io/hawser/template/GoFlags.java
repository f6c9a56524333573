package io.hawser.template;

/** The flags, width and precision of one directive of {@code printf}. */
final class GoFlags {
  boolean minus;
  boolean plus;
  boolean sharp;
  boolean space;
  boolean zero;

  /** {@code %+v} and {@code %#v} mean something else than the same flags on other verbs. */
  boolean plusV;

  boolean sharpV;

  /** Negative when not given. */
  int width = -1;

  int precision = -1;

  /** Notes a flag; false if the character is none. */
  boolean take(char flag) {
    switch (flag) {
      case '#' -> sharp = true;
      case '0' -> zero = !minus;
      case '+' -> plus = true;
      case ' ' -> space = true;
      case '-' -> {
        minus = true;
        zero = false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  void width(int given) {
    width = Math.abs(given);
    if (given < 0) {
      minus = true;
      zero = false;
    }
  }

  /** Moves the flags to where {@code %v} looks for them. */
  void forV() {
    sharpV = sharp;
    sharp = false;
    plusV = plus;
    plus = false;
  }
}

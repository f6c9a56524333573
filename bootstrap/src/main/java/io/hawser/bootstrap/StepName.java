package io.hawser.bootstrap;

/** The name of what users register, which stands in plans, reports and journals. */
final class StepName {
  private StepName() {}

  /**
   * The name as text.
   *
   * @param what what is called so, for the message
   * @throws IllegalArgumentException if it has other characters
   */
  static String of(String what, CharSequence name) {
    String text = name.toString();
    if (!text.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          what + " name \"" + text + "\" is not of lower case letters, digits and dashes");
    }
    return text;
  }
}

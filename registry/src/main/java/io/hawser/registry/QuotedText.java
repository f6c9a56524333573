package io.hawser.registry;

/**
 * Puts a text into double quotes so that YAML 1.2, TOML 1.0 and JSON (RFC 8259) all read it as it
 * is. The three agree on the escapes for a quote and a backslash, and on every visible character.
 */
final class QuotedText {
  private QuotedText() {}

  /**
   * The text in quotes.
   *
   * @param what what the text is, for the message; the text itself may be a secret
   * @throws IllegalArgumentException if it holds a character that cannot be seen
   */
  static String of(String what, String text) {
    if (text.codePoints().anyMatch(QuotedText::isUnseen)) {
      throw new IllegalArgumentException(
          what + " holds a control or other invisible character, which no file can carry safely");
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

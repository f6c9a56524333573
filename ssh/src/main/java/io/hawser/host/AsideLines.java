package io.hawser.host;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Lines of others in a hosts file that a block of ours takes the place of: they become comments
 * where they stand, and are lines again when the block goes. Works on bytes, as {@link MarkedBlock}
 * does, so that the file comes back as it was.
 */
final class AsideLines {
  private static final String ASIDE = "# hawser aside ";

  private final String prefix;

  /** Those for the block with this marker. */
  AsideLines(String marker) {
    this.prefix = ASIDE + marker + ": ";
  }

  /** Whether a line would be taken for one that was set aside. */
  static boolean isMarker(String line) {
    return line.startsWith(ASIDE);
  }

  /** The text with each line that gives this name alone as a comment. */
  byte[] setAside(byte[] text, String name) {
    Pattern alone = alone(name);
    return edited(text, (line, ours) -> !ours && is(alone, line) ? prefix + line : line);
  }

  /** The text with all that were set aside as lines again. */
  byte[] bringBack(byte[] text) {
    return edited(
        text, (line, ours) -> line.startsWith(prefix) ? line.substring(prefix.length()) : line);
  }

  /** Whether a line that is not in a block of ours gives this name, and no other, to an address. */
  static boolean hasLineOf(byte[] text, String name) {
    Pattern alone = alone(name);
    boolean[] found = new boolean[1];
    edited(
        text,
        (line, ours) -> {
          found[0] |= !ours && is(alone, line);
          return line;
        });
    return found[0];
  }

  /** What becomes of a line; {@code ours} says whether it belongs to a block. */
  private interface Edit {
    String of(String line, boolean ours);
  }

  private static byte[] edited(byte[] text, Edit edit) {
    // Every byte is one character of ISO 8859-1, so nothing is lost on the way.
    String old = new String(text, StandardCharsets.ISO_8859_1);
    StringBuilder out = new StringBuilder(old.length());
    boolean ours = false;
    int at = 0;
    while (at < old.length()) {
      int newline = old.indexOf('\n', at);
      int next = newline < 0 ? old.length() : newline + 1;
      String line = old.substring(at, next);
      if (MarkedBlock.isMarker(line)) {
        ours = MarkedBlock.isBegin(line);
      } else {
        line = edit.of(line, ours);
      }
      out.append(line);
      at = next;
    }
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Pattern alone(String name) {
    return Pattern.compile(
        "\\s*[0-9A-Za-z:.%_-]+[ \\t]+" + Pattern.quote(name) + "\\s*(#.*)?",
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  private static boolean is(Pattern alone, String line) {
    return alone.matcher(line).matches();
  }
}

package io.hawser.template;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * Texts as Go sees them: bytes in UTF-8. Functions that cut by bytes work on a text with one
 * character for each byte; where they would cut a character in two they refuse.
 */
final class ByteText {
  private ByteText() {}

  /** The number of bytes. */
  static long length(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        // Each half of a pair adds one to the two that it counts already.
        length += c >= 0x800 && !Character.isSurrogate(c) ? 2 : 1;
      }
    }
    return length;
  }

  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the result is no UTF-8 text");
    }
  }

  /** Changes the text byte by byte. */
  static String change(String text, UnaryOperator<String> change) {
    if (length(text) == text.length()) {
      return change.apply(text);
    }
    String bytes = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return decode(change.apply(bytes).getBytes(StandardCharsets.ISO_8859_1));
  }
}

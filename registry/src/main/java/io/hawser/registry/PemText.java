package io.hawser.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Texts in PEM, as of RFC 7468. */
final class PemText {
  static final String CERTIFICATE = "CERTIFICATE";
  static final String PRIVATE_KEY = "PRIVATE KEY";

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private PemText() {}

  static String of(String label, byte[] der) {
    return begin(label) + "\n" + LINES.encodeToString(der) + "\n" + end(label) + "\n";
  }

  /**
   * The one block of that label in a text.
   *
   * @throws IllegalArgumentException if there is none, or another, or it is broken; without a part
   *     of the text
   */
  static byte[] only(String label, String text) {
    List<byte[]> found = all(label, text);
    if (found.size() != 1) {
      throw new IllegalArgumentException("it holds " + found.size() + " blocks \"" + label + '"');
    }
    return found.get(0);
  }

  /** All blocks of that label in a text, in their order. */
  static List<byte[]> all(String label, String text) {
    Pattern block =
        Pattern.compile(
            Pattern.quote(begin(label)) + "([A-Za-z0-9+/=\\s]+)" + Pattern.quote(end(label)));
    return block
        .matcher(text)
        .results()
        .map(match -> Base64.getMimeDecoder().decode(match.group(1)))
        .toList();
  }

  private static String begin(String label) {
    return "-----BEGIN " + label + "-----";
  }

  private static String end(String label) {
    return "-----END " + label + "-----";
  }
}

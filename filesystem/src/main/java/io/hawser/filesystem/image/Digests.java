package io.hawser.filesystem.image;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.util.regex.Pattern;

/** Digests as manifests write them. */
final class Digests {
  private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

  private Digests() {}

  /**
   * The hexadecimal digits of a digest.
   *
   * @param where the document that has it, for the message
   */
  static String hex(String digest, String where) throws IOException {
    if (!SHA256.matcher(digest).matches()) {
      throw new MalformedImage(
          where + " names a digest that is no SHA-256: " + MalformedImage.quoted(digest));
    }
    return digest.substring("sha256:".length());
  }

  /** Refuses a document that is not what its digest says. */
  static void prove(byte[] document, String hex, String name) throws IOException {
    String actual = Hashing.sha256().hashBytes(document).toString();
    if (!actual.equals(hex)) {
      throw new MalformedImage(
          name + " is damaged: its digest is sha256:" + actual + ", and not sha256:" + hex);
    }
  }
}

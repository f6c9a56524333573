package io.hawser.ssh.mock;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A file that says in its last line that it is there in the place of another, for now. */
final class StandIn {
  private static final String WORDS = "# hawser: for now in place of ";

  private StandIn() {}

  /** Whether a file is there in place of the one with that digest, and as it was left. */
  static boolean isFor(@Nullable MemoryNode node, String sha256) {
    if (node == null || !node.isFile()) {
      return false;
    }
    String text = new String(node.bytes(), StandardCharsets.ISO_8859_1).stripTrailing();
    int last = text.lastIndexOf('\n') + 1;
    String own =
        Hashing.sha256()
            .hashString(text.substring(0, last), StandardCharsets.ISO_8859_1)
            .toString();
    return text.substring(last).equals(WORDS + sha256 + ", " + own);
  }
}

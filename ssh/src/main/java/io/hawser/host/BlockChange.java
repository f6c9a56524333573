package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A marked block of lines stands at the end of a file, for example of {@code /etc/hosts}. Only the
 * block is ours: every other byte of the file stays, and undo gives back the exact original.
 *
 * @param path absolute path of the file; made with mode 0644 when missing
 * @param marker tells our blocks apart: lower case letters, digits, dashes and dots
 * @param lines the lines without line ends; none removes the block
 */
public record BlockChange(String path, String marker, List<String> lines) implements HostChange {
  /** Copies the lines and checks that they can be told from the rest of the file. */
  public BlockChange {
    lines = ImmutableList.copyOf(lines);
    if (!marker.matches("[a-z0-9.-]+")) {
      throw new IllegalArgumentException("marker \"" + marker + "\" is not of a-z, 0-9, . and -");
    }
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || MarkedBlock.isMarker(line)) {
        throw new IllegalArgumentException(
            "a line of block " + marker + " has a line break or is a marker of a block: " + line);
      }
    }
  }

  @Override
  public String target() {
    return path;
  }

  @Override
  public String summary() {
    return "block " + marker + " in " + path + ": " + String.join(" | ", lines);
  }
}

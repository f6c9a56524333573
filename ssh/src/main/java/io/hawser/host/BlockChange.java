package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A marked block of lines stands at the end of a file, for example of {@code /etc/hosts}. Only the
 * block is ours: every other byte of the file stays, and undo gives back the exact original. In a
 * hosts file it may also take the place of lines of others, which become comments until then.
 *
 * @param path absolute path of the file; made with mode 0644 when missing
 * @param marker tells our blocks apart: lower case letters, digits, dashes and dots
 * @param lines the lines without line ends; none removes the block
 * @param inPlace whether a file that is a mount point, as the hosts file of a container, may be
 *     written over, since it cannot be replaced in one step; who reads it meanwhile may see a part
 * @param insteadOf a name; lines of others that give it, and no other name, to an address are set
 *     aside while the block stands; empty for none
 */
public record BlockChange(
    String path, String marker, List<String> lines, boolean inPlace, String insteadOf)
    implements HostChange {
  /** A block in a file that is always replaced as a whole; a mount point is refused. */
  public BlockChange(String path, String marker, List<String> lines) {
    this(path, marker, lines, false);
  }

  /** A block that takes no other lines' place. */
  public BlockChange(String path, String marker, List<String> lines, boolean inPlace) {
    this(path, marker, lines, inPlace, "");
  }

  /** Copies the lines and checks that they can be told from the rest of the file. */
  public BlockChange {
    lines = ImmutableList.copyOf(lines);
    if (!marker.matches("[a-z0-9.-]+")) {
      throw new IllegalArgumentException("marker \"" + marker + "\" is not of a-z, 0-9, . and -");
    }
    for (String line : lines) {
      if (line.indexOf('\n') >= 0 || MarkedBlock.isMarker(line) || AsideLines.isMarker(line)) {
        throw new IllegalArgumentException(
            "a line of block " + marker + " has a line break or is a marker of a block: " + line);
      }
    }
  }

  /** The same, in a file that may be written over where it is a mount point. */
  public BlockChange allowInPlace() {
    return new BlockChange(path, marker, lines, true, insteadOf);
  }

  /** The same, in place of lines of others in a hosts file that give this name alone. */
  public BlockChange insteadOf(CharSequence name) {
    return new BlockChange(path, marker, lines, inPlace, name.toString());
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

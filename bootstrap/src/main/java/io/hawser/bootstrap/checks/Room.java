package io.hawser.bootstrap.checks;

import io.hawser.host.NodeFacts;
import java.util.List;
import java.util.Optional;

/**
 * The file system on which a path of a host lies, or would lie.
 *
 * @param bytes how many are free
 * @param inodes how many are free; {@code Long.MAX_VALUE} where there is no limit, or none is told
 * @param options how it is mounted
 * @param mount where
 */
record Room(long bytes, long inodes, List<String> options, String mount) {
  private static final String NUMBER = "[0-9]{1,18}";
  private static final String PREFIX = "room.";

  /** That of the longest path that was asked about and is the path or above it. */
  static Optional<Room> of(NodeFacts facts, String path) {
    for (String above = path;
        !above.isEmpty();
        above = above.substring(0, above.lastIndexOf('/'))) {
      String told = facts.get(PREFIX + above);
      if (!told.isEmpty()) {
        return parse(told);
      }
    }
    return Optional.empty();
  }

  private static Optional<Room> parse(String told) {
    String[] words = told.split(" ", 4);
    if (words.length < 4 || !words[0].matches(NUMBER)) {
      return Optional.empty();
    }
    long inodes = words[1].matches(NUMBER) ? Long.parseLong(words[1]) : Long.MAX_VALUE;
    List<String> options = List.of(words[2].split(",", -1));
    return Optional.of(new Room(Long.parseLong(words[0]), inodes, options, words[3]));
  }
}

package io.hawser.host;

import com.google.common.collect.Iterables;
import com.google.common.collect.ObjectArrays;
import io.hawser.ssh.Command;
import io.hawser.ssh.Input;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks for what lies below a directory of a host and reads the answer line by line. */
final class ListingReader {
  /** Takes what was listed. Every method does nothing unless it is overridden. */
  interface Visitor {
    /**
     * An entry.
     *
     * @param type null when it is neither a file, a directory nor a link
     */
    default void entry(
        String path, TreeFile.@Nullable Type type, int mode, long size, String target) {}

    /** The digest of a file. */
    default void digest(String path, String sha256) {}

    /** Nothing was changed since the tree was marked with the fingerprint. */
    default void unchanged() {}

    /** A staging of an earlier transfer is there. */
    default void staging() {}

    /** How much is free where the directory is, or would be. */
    default void room(TreeRoom.Free free) {}
  }

  // Ten minutes, and the time that a slow disk needs to read the bytes of a large tree.
  private static final Duration DIGEST_LIMIT = Duration.ofHours(6);

  private final AgentClient agent;
  private final Visitor visitor;
  private String link = "";

  private ListingReader(AgentClient agent, Visitor visitor) {
    this.agent = agent;
    this.visitor = visitor;
  }

  /**
   * Names, types, modes and sizes.
   *
   * @param more a token, and a tree's mark and fingerprint: when it is unchanged nothing is listed
   */
  static void names(AgentClient agent, String directory, Visitor visitor, String... more) {
    String[] arguments = {directory, "names", "0"};
    read(agent, visitor, Command.DEFAULT_TIMEOUT, AgentClient.NOTHING, arguments, more);
  }

  /** Names, types, modes, sizes and the digests of all files. */
  static void digests(AgentClient agent, String directory, Visitor visitor) {
    String[] arguments = {directory, "digests", "0"};
    read(agent, visitor, DIGEST_LIMIT, AgentClient.NOTHING, arguments);
  }

  /** The digests of these files. */
  static void chosen(AgentClient agent, String directory, Visitor visitor, Iterable<String> files) {
    Input names = AgentClient.lines(Iterables.transform(files, WireField::encode));
    read(agent, visitor, DIGEST_LIMIT, names, new String[] {directory, "chosen", "0"});
  }

  private static void read(
      AgentClient agent,
      Visitor visitor,
      Duration limit,
      Input input,
      String[] arguments,
      String... more) {
    String[] all = ObjectArrays.concat(arguments, more, String.class);
    agent.call(new ListingReader(agent, visitor)::accept, limit, input, "list", all);
  }

  private void accept(String line) {
    if (line.equals("u")) {
      visitor.unchanged();
    } else if (line.equals("w")) {
      visitor.staging();
    } else if (!isRead(line)) {
      throw agent.fault("the agent answered \"" + line + "\" to list");
    }
  }

  private boolean isRead(String line) {
    if (line.length() < 3 || line.charAt(1) != ' ') {
      return false;
    }
    String rest = line.substring(2);
    try {
      switch (line.charAt(0)) {
        case 'd' -> directory(rest);
        case 'f' -> file(rest);
        case 's' -> visitor.digest(rest.substring(65), rest.substring(0, 64));
        case 'l' -> link = rest;
        case 't' -> visitor.entry(link, TreeFile.Type.LINK, 0777, 0, rest);
        case 'v' -> visitor.room(TreeRoom.Free.of(rest));
        case 'o' -> visitor.entry(rest, null, 0, 0, "");
        default -> {
          return false;
        }
      }
      return true;
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      return false;
    }
  }

  private void directory(String rest) {
    String[] parts = rest.split(" ", 2);
    visitor.entry(parts[1], TreeFile.Type.DIRECTORY, mode(parts[0]), 0, "");
  }

  private void file(String rest) {
    String[] parts = rest.split(" ", 4);
    visitor.entry(parts[3], TreeFile.Type.FILE, mode(parts[0]), Long.parseLong(parts[1]), "");
    if (!parts[2].equals("-")) {
      visitor.digest(parts[3], parts[2]);
    }
  }

  private static int mode(String octal) {
    return Integer.parseInt(octal, 8);
  }
}

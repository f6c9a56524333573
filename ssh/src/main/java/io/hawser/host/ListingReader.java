package io.hawser.host;

import com.google.common.collect.Iterables;
import com.google.common.collect.ObjectArrays;
import io.hawser.ssh.Command;
import io.hawser.ssh.Input;
import java.time.Duration;
import java.util.Collection;
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

    /** The host has what it takes to pass files on. */
    default void relays() {}

    /** A staging of an earlier transfer is there. */
    default void staging() {}

    /** How much is free where the directory is, or would be. */
    default void room(TreeRoom.Free free) {}
  }

  // Ten minutes, and the time that a slow disk needs to read the bytes of a large tree.
  private static final Duration DIGEST_LIMIT = Duration.ofHours(6);

  private final AgentClient agent;
  private final ListingLine lines;
  private final long most;
  private long count;

  private ListingReader(AgentClient agent, ListingLine lines, long most) {
    this.agent = agent;
    this.lines = lines;
    this.most = most;
  }

  /**
   * Names, types, modes and sizes.
   *
   * @param more a token, and a tree's mark and fingerprint: when it is unchanged nothing is listed
   */
  static void names(AgentClient agent, String directory, Visitor visitor, String... more) {
    String[] arguments = ObjectArrays.concat(how(directory, "names"), more, String.class);
    ListingLine lines = ListingLine.names(visitor, more.length > 0);
    Duration limit = Command.DEFAULT_TIMEOUT;
    new ListingReader(agent, lines, Long.MAX_VALUE).read(limit, AgentClient.NOTHING, arguments);
  }

  /** Names, types, modes, sizes and the digests of all files. */
  static void digests(AgentClient agent, String directory, Visitor visitor) {
    ListingReader reader = new ListingReader(agent, ListingLine.all(visitor), Long.MAX_VALUE);
    reader.read(DIGEST_LIMIT, AgentClient.NOTHING, how(directory, "digests"));
  }

  /** The digests of these files. */
  static void chosen(
      AgentClient agent, String directory, Visitor visitor, Collection<String> files) {
    Input names = AgentClient.lines(Iterables.transform(files, WireField::encode));
    ListingReader reader = new ListingReader(agent, ListingLine.digests(visitor), files.size());
    reader.read(DIGEST_LIMIT, names, how(directory, "chosen"));
  }

  private static String[] how(String directory, String what) {
    return new String[] {directory, what, "0"};
  }

  private void read(Duration limit, Input input, String... arguments) {
    agent.call(this::accept, limit, input, "list", arguments);
  }

  private void accept(String line) {
    if (!lines.isRead(line)) {
      throw agent.unexpected(line, "list");
    }
    count++;
    if (count > most) {
      throw agent.fault("the agent gave more than the " + most + " digests it was asked for");
    }
  }
}

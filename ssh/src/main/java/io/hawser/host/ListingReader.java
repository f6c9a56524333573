package io.hawser.host;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.hawser.ssh.Command;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Asks for what lies below a directory of a host and reads the answer line by line. */
final class ListingReader {
  // Ten minutes, and the time that a slow disk needs to read the bytes of a large tree.
  private static final Duration DIGEST_LIMIT = Duration.ofHours(6);

  private final AgentClient agent;
  private final Map<String, Listing.Entry> entries = new HashMap<>();
  private final Set<String> others = new HashSet<>();
  private String link = "";

  private ListingReader(AgentClient agent) {
    this.agent = agent;
  }

  /** Names, types, modes and sizes. */
  static ListingReader names(AgentClient agent, String directory) {
    ListingReader reader = new ListingReader(agent);
    agent.call(
        reader::accept,
        Command.DEFAULT_TIMEOUT,
        AgentClient.NOTHING,
        "list",
        directory,
        "names",
        "0");
    return reader;
  }

  /** With the digests of some files, or of all when none are named. */
  static ListingReader digests(AgentClient agent, String directory, Collection<String> files) {
    ListingReader reader = new ListingReader(agent);
    ImmutableList<String> fields =
        files.stream().map(WireField::encode).collect(ImmutableList.toImmutableList());
    agent.call(
        reader::accept, DIGEST_LIMIT, AgentClient.lines(fields), "list", directory, "digests", "0");
    return reader;
  }

  /** Files, directories and links. */
  Map<String, Listing.Entry> entries() {
    return ImmutableMap.copyOf(entries);
  }

  /** Paths that are something else: sockets, devices, pipes. */
  Set<String> others() {
    return Set.copyOf(others);
  }

  private void accept(String line) {
    int kind = line.indexOf(' ');
    String rest = line.substring(kind + 1);
    switch (kind == 1 ? line.charAt(0) : '?') {
      case 'd' -> directory(rest);
      case 'f' -> file(rest);
      case 's' -> digest(rest);
      case 'l' -> link = rest;
      case 't' -> entries.put(link, new Listing.Entry(TreeFile.Type.LINK, 0777, 0, "", rest));
      case 'o' -> others.add(rest);
      default -> throw agent.fault("the agent answered \"" + line + "\" to list");
    }
  }

  private void directory(String rest) {
    String[] parts = rest.split(" ", 2);
    entries.put(parts[1], new Listing.Entry(TreeFile.Type.DIRECTORY, mode(parts[0]), 0, "", ""));
  }

  private void file(String rest) {
    String[] parts = rest.split(" ", 4);
    String sha = parts[2].equals("-") ? "" : parts[2];
    entries.put(
        parts[3],
        new Listing.Entry(TreeFile.Type.FILE, mode(parts[0]), Long.parseLong(parts[1]), sha, ""));
  }

  private void digest(String rest) {
    String[] parts = rest.split(" ", 2);
    entries.computeIfPresent(
        parts[1],
        (path, found) -> new Listing.Entry(found.type(), found.mode(), found.size(), parts[0], ""));
  }

  private static int mode(String octal) {
    return Integer.parseInt(octal, 8);
  }
}

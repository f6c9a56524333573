package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads the journal of a host. */
final class Journal {
  private final AgentClient agent;

  Journal(AgentClient agent) {
    this.agent = agent;
  }

  /** The entries that are not undone, oldest first. */
  List<JournalEntry> entries() {
    ImmutableList.Builder<JournalEntry> entries = ImmutableList.builder();
    for (String line : agent.call(AgentClient.NOTHING, "journal")) {
      entries.add(entry(line));
    }
    return entries.build();
  }

  private JournalEntry entry(String line) {
    String[] parts = line.split(" ", 8);
    if (parts.length == 8 && parts[0].equals("e")) {
      try {
        return new JournalEntry(
            Long.parseLong(parts[1]),
            WireField.decode(parts[2]),
            parts[3],
            parts[7],
            parts[4].equals("1"),
            WireField.decode(parts[5]),
            parts[6].equals("1"));
      } catch (IllegalArgumentException e) {
        throw agent.unexpected(line, "journal");
      }
    }
    throw agent.unexpected(line, "journal");
  }

  /** Whether the pre-images of a watch list are there. */
  boolean holds(WatchChange change) {
    return entries().stream()
        .anyMatch(entry -> entry.kind().equals("watch") && entry.target().equals(change.name()));
  }

  /**
   * Whether the last run of a command was with this fingerprint and succeeded. One that failed
   * after an earlier success counts: what it left is not what the earlier one made.
   */
  boolean hasRun(Predicate<String> owner, CommandChange change) {
    Optional<JournalEntry> last =
        entries().stream()
            .filter(entry -> entry.kind().equals("command"))
            .filter(entry -> owner.test(entry.owner()) && entry.target().equals(change.name()))
            .reduce((first, second) -> second);
    return last.filter(JournalEntry::done)
        .map(entry -> entry.fingerprint().equals(change.fingerprint()))
        .orElse(false);
  }
}

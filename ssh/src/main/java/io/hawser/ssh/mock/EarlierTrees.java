package io.hawser.ssh.mock;

import java.util.Objects;

/** What entries of the journal put into the directory of a tree before the one at hand. */
final class EarlierTrees {
  private final MemoryFiles files;
  private final AgentJournal journal;

  EarlierTrees(AgentCall call) {
    this.files = call.files();
    this.journal = new AgentJournal(call);
  }

  /** Whether one that came to its end, and is not undone, put the same file there. */
  boolean put(AgentEntry entry, TreeLine line) {
    return journal.open().stream()
        .filter(other -> other.is("tree", entry.target()) && other.done())
        .filter(other -> other.sequence() < entry.sequence())
        .map(other -> files.at(journal.place("tree", other.sequence())))
        .filter(Objects::nonNull)
        .flatMap(list -> TreeLine.all(list.bytes()).stream())
        .anyMatch(
            other ->
                other.how() != 'm'
                    && other.path().equals(line.path())
                    && other.value().equals(line.value()));
  }
}

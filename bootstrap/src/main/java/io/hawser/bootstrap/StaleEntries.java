package io.hawser.bootstrap;

import io.hawser.host.BlockChange;
import io.hawser.host.DirectoryChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.JournalEntry;
import io.hawser.host.LinkChange;
import io.hawser.host.TreeChange;
import io.hawser.host.UnitChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an earlier run journalled for an owner and nobody wants any more. A directory that was made
 * for something is wanted as long as anything that is journalled, or wanted, lies in it.
 */
final class StaleEntries {
  private final List<JournalEntry> journal;
  private final String owner;
  private final List<? extends HostChange> wanted;
  private final List<String> used = new ArrayList<>();
  private final Set<JournalEntry> stale = new LinkedHashSet<>();

  private StaleEntries(
      List<JournalEntry> journal, String owner, List<? extends HostChange> wanted) {
    this.journal = journal;
    this.owner = owner;
    this.wanted = wanted;
  }

  /**
   * Finds them.
   *
   * @param wanted what shall be so, of this owner or of others
   */
  static Set<JournalEntry> of(
      List<JournalEntry> journal, String owner, List<? extends HostChange> wanted) {
    StaleEntries found = new StaleEntries(journal, owner, wanted);
    found.findThings();
    found.findDirectories();
    return found.stale;
  }

  private void findThings() {
    wanted.forEach(change -> used.add(place(change)));
    for (JournalEntry entry : journal) {
      if (!entry.kind().equals("dir")) {
        if (entry.owner().equals(owner) && isUnwanted(entry)) {
          stale.add(entry);
        } else {
          used.add(place(entry));
        }
      }
    }
  }

  /** The deepest first: one that stays is a reason for those above it to stay. */
  private void findDirectories() {
    List<JournalEntry> directories =
        journal.stream()
            .filter(entry -> entry.kind().equals("dir"))
            .sorted(
                Comparator.comparingInt((JournalEntry entry) -> entry.target().length()).reversed())
            .toList();
    for (JournalEntry entry : directories) {
      String inside = entry.target() + "/";
      boolean inUse = used.stream().anyMatch(place -> place.startsWith(inside));
      if (entry.owner().equals(owner) && isUnwanted(entry) && !inUse) {
        stale.add(entry);
      } else {
        used.add(entry.target());
      }
    }
  }

  private boolean isUnwanted(JournalEntry entry) {
    return wanted.stream().noneMatch(change -> isOf(entry, change));
  }

  private static boolean isOf(JournalEntry entry, HostChange change) {
    boolean sameKind =
        switch (entry.kind()) {
          case "dir" -> change instanceof DirectoryChange;
          // One takes the place of the other, and undoing the older would meet the newer.
          case "file", "link" -> change instanceof FileChange || change instanceof LinkChange;
          case "block" ->
              change instanceof BlockChange block && block.marker().equals(entry.fingerprint());
          case "tree" -> change instanceof TreeChange;
          default -> true;
        };
    return sameKind && entry.target().equals(change.target());
  }

  private static String place(HostChange change) {
    if (change instanceof UnitChange unit) {
      return unit.path();
    }
    return change instanceof TreeChange ? change.target() + "/." : change.target();
  }

  private static String place(JournalEntry entry) {
    return switch (entry.kind()) {
      case "unit" -> "/etc/systemd/system/" + entry.target();
      case "tree" -> entry.target() + "/.";
      default -> entry.target();
    };
  }
}

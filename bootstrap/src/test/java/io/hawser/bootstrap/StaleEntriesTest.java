package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.BlockChange;
import io.hawser.host.DirectoryChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.JournalEntry;
import io.hawser.host.LinkChange;
import io.hawser.host.UnitChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which entries of a journal nobody wants any more. */
class StaleEntriesTest {
  private final List<JournalEntry> journal = new ArrayList<>();

  private void entry(String owner, String kind, String target, String fingerprint) {
    journal.add(
        new JournalEntry(journal.size() + 1L, owner, kind, target, true, fingerprint, true));
  }

  private List<Long> stale(HostChange... wanted) {
    return StaleEntries.of(journal, "mine", List.of(wanted)).stream()
        .map(JournalEntry::sequence)
        .toList();
  }

  @Test
  void whatIsWantedStaysHoweverOftenItWasChanged() {
    entry("mine", "file", "/etc/a", "");
    entry("mine", "file", "/etc/b", "");
    entry("mine", "file", "/etc/a", "");
    entry("mine", "unit", "watch.service", "");
    entry("mine", "unit", "other.service", "");
    assertThat(stale(FileChange.plain("/etc/a", "x"), new UnitChange("watch", "[Unit]\n")))
        .containsExactly(2L, 5L);
    assertThat(stale()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void whatOthersJournalledIsTheirs() {
    entry("theirs", "file", "/etc/a", "");
    entry("mine", "file", "/etc/b", "");
    assertThat(stale()).containsExactly(2L);
  }

  @Test
  void blocksOfOneFileAreToldApartByTheirMarkers() {
    entry("mine", "block", "/etc/hosts", "one");
    entry("mine", "block", "/etc/hosts", "two");
    assertThat(stale(new BlockChange("/etc/hosts", "two", List.of("x")))).containsExactly(1L);
  }

  @Test
  void aFileThatTookThePlaceOfALinkStays() {
    entry("mine", "link", "/etc/a", "");
    entry("mine", "file", "/etc/a", "");
    assertThat(stale(FileChange.plain("/etc/a", "x"))).isEmpty();
    assertThat(stale(new LinkChange("/etc/a", "/etc/b"))).isEmpty();
  }

  @Test
  void aDirectoryStaysWhileAnythingLiesInIt() {
    entry("mine", "dir", "/etc/up", "");
    entry("mine", "dir", "/etc/up/down", "");
    entry("mine", "file", "/etc/up/down/mine", "");
    entry("mine", "dir", "/etc/up/empty", "");
    entry("mine", "dir", "/etc/upper", "");
    assertThat(stale(FileChange.plain("/etc/up/down/mine", ""))).containsExactlyInAnyOrder(4L, 5L);
    assertThat(stale(FileChange.plain("/etc/up/down/new", "")))
        .containsExactlyInAnyOrder(3L, 4L, 5L);
    assertThat(stale(new DirectoryChange("/etc/upper", 0755)))
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    entry("theirs", "tree", "/etc/up/empty", "");
    assertThat(stale()).containsExactlyInAnyOrder(2L, 3L, 5L);
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.host.Watched.Group;
import io.hawser.host.Watched.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedTest {
  @Test
  void theAgentReadsALineForEach() {
    assertThat(new Watched(Group.SYSTEM, Kind.BLOCKS, "/etc/hosts").line())
        .isEqualTo("system blocks /etc/hosts");
    assertThat(new Watched(Group.PROGRAM, Kind.SERVICE, "getty@tty1.service").line())
        .isEqualTo("program service getty@tty1.service");
    assertThat(new Watched(Group.SYSTEM, Kind.SWAP, "all").line()).isEqualTo("system swap all");
  }

  @Test
  void namesThatAShellOrAJournalCouldMistakeAreRefused() {
    for (String name : List.of("", "/a b", "/a\nb", "/$x", "/a*", "/\u00fc", "/'")) {
      for (Kind kind : Kind.values()) {
        assertThatThrownBy(() -> new Watched(Group.SYSTEM, kind, name))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("\"" + name + "\" cannot be watched");
      }
    }
    for (Kind kind : List.of(Kind.FILE, Kind.BLOCKS, Kind.DIRECTORY)) {
      assertThatThrownBy(() -> new Watched(Group.SYSTEM, kind, "etc/hosts"))
          .hasMessageContaining("cannot be watched");
    }
  }

  @Test
  void aWatchNamesItsItemsAndItself() {
    WatchChange watch =
        new WatchChange("init.sh", List.of(new Watched(Group.SYSTEM, Kind.FILE, "/etc/fstab")));
    assertThat(watch.target()).isEqualTo("init.sh");
    assertThat(watch.summary()).isEqualTo("watch what init.sh change, 1 places");
    for (String name : List.of("", "a b", "A", "a/b")) {
      assertThatThrownBy(() -> new WatchChange(name, watch.items()))
          .hasMessageContaining("\"" + name + "\"");
    }
  }
}

package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that died, and journals that are damaged. In /bin/sh; with {@code -Dhawser.long=true} in all
 * shells of this machine. In every build {@link EveryShellTest} runs a part of it in the others.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class HalfStateTest {
  private final TestHost host;
  private final Map<String, String> bare;

  HalfStateTest(String shell, @TempDir Path temp) throws IOException {
    HostAccessTest whole = new HostAccessTest(shell, temp);
    host = whole.host;
    bare = whole.bare;
  }

  @Test
  void f11UndoOfAnyHalfStateGivesBackTheOriginal() throws IOException {
    boolean killed = true;
    for (int k = 1; killed; k += host.step) {
      killed = applyKilledAt(k);
      assertThat(host.undo()).as("killed at %d", k).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("killed at %d", k).isEqualTo(bare);
    }
  }

  @Test
  void f4AKilledRunIsFinishedByTheNextAndUndoneAfterwards() throws IOException {
    boolean killed = true;
    for (int k = 2; killed; k += 2 + host.step) {
      killed = applyKilledAt(k);
      assertThat(host.apply(HostAccessTest.CHANGES)).doesNotContain(FAILED);
      assertThat(host.apply(HostAccessTest.CHANGES)).containsOnly(SAME);
      assertThat(host.access.journal()).as("killed at %d", k).allMatch(JournalEntry::done);
      assertThat(host.snapshot().keySet())
          .as("D13: left-over staging")
          .noneMatch(path -> path.contains(".hawser-new-"));
      host.undo();
      assertThat(host.snapshot()).as("killed at %d", k).isEqualTo(bare);
    }
  }

  private static final HostChange[] FIRST = {
    FileChange.secret("/etc/app.conf", "first of ours\n"),
    FileChange.secret("/opt/made/secret", "first of ours\n"),
  };

  private static final HostChange[] SECOND = {
    FileChange.secret("/etc/app.conf", "second of ours\n"),
    FileChange.secret("/opt/made/secret", "second of ours\n"),
  };

  @Test
  @DisplayName("F11 S2 a replacement of our own file that was killed is undone, or finished")
  void aKilledReplacementOfOurOwnFileIsUndoneOrFinished() throws IOException {
    boolean killed = true;
    for (int k = 1; killed; k += host.step) {
      host.apply(FIRST);
      killed = applyKilledAt(k, SECOND);
      assertThat(host.undo()).as("killed at %d", k).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("killed at %d", k).isEqualTo(bare);
      host.apply(FIRST);
      applyKilledAt(k, SECOND);
      assertThat(host.apply(SECOND)).as("killed at %d", k).doesNotContain(FAILED);
      assertThat(host.read("/etc/app.conf")).isEqualTo("second of ours\n");
      assertThat(host.snapshot().toString()).doesNotContain("first of ours");
      assertThat(host.undo()).as("killed at %d", k).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("killed at %d", k).isEqualTo(bare);
    }
  }

  private boolean applyKilledAt(int k) {
    return applyKilledAt(k, HostAccessTest.CHANGES);
  }

  /** Applies while the agent dies before it waits for the disk for the k-th time in one call. */
  private boolean applyKilledAt(int k, HostChange... changes) {
    host.shell.editScripts(
        text ->
            text.replace(
                "flush() {",
                "flushes=0\nflush() { flushes=$((flushes + 1)); [ $flushes -lt "
                    + k
                    + " ] || kill -9 $$;"));
    boolean killed = host.apply(changes).contains(FAILED);
    host.shell.editScripts(text -> text);
    return killed;
  }

  @Test
  void aTornLastLineOfTheJournalIsIgnoredAndCutOff() throws IOException {
    host.apply(FileChange.plain("/opt/one", "1"));
    Path journal = host.path("/var/lib/hawser/c1/journal");
    String whole = Files.readString(journal);
    for (String torn : List.of("S", "S 9 test file /etc/pass", "D 1 12345\n")) {
      Files.writeString(journal, whole + torn);
      assertThat(host.access.journal()).hasSize(2);
    }
    assertThat(host.apply(FileChange.plain("/opt/two", "2"))).containsExactly(CHANGED);
    assertThat(host.access.journal()).hasSize(3);
    host.undo();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aDamagedOrNewerJournalIsRefused() throws IOException {
    host.apply(FileChange.plain("/opt/one", "1"), FileChange.plain("/opt/two", "2"));
    Path journal = host.path("/var/lib/hawser/c1/journal");
    String whole = Files.readString(journal);
    Files.writeString(journal, whole.replace("/opt/one", "/etc/one"));
    assertThatThrownBy(host.access::journal)
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("damaged");
    Files.writeString(journal, whole.replace("hawser-journal 1", "hawser-journal 7"));
    assertThatThrownBy(host.access::journal)
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("version 7")
        .hasMessageContaining("version 1");
    assertThat(host.apply(FileChange.plain("/opt/three", "3"))).containsExactly(FAILED);
  }
}

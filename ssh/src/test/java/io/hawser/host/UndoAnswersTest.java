package io.hawser.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.mock.RecordedCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What undo makes of a journal and of the answers of a host. */
class UndoAnswersTest {
  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
  private final HostAccess access = HostAccess.to(ssh, cluster, host);

  private void journal(String... lines) {
    answer("journal", String.join("\n", lines) + "\n");
  }

  private void answer(String verb, String text) {
    ssh.whenMatching("*", "hawser-agent " + verb + " .*").answer(0, text + "end\n", "");
  }

  private List<String> calls(String verb) {
    return ssh.transcript().stream()
        .map(RecordedCommand::command)
        .filter(command -> command.startsWith("hawser-agent " + verb + " "))
        .toList();
  }

  private static ChangeResult undone(JournalEntry entry, Outcome outcome, String message) {
    String summary = "undo " + entry.kind() + " " + entry.target();
    return new ChangeResult(entry.target(), summary, outcome, message);
  }

  @Test
  void theJournalIsReadWithAllThatItSays() {
    journal(
        "e 1 mount file 1 % 1 /etc/a b",
        "e 2 my\\0040step command 0 f1 0 init.sh", "e 12345678901 mount block 1 m.x 1 /etc/hosts");
    assertThat(access.journal())
        .containsExactly(
            new JournalEntry(1, "mount", "file", "/etc/a b", true, "", true),
            new JournalEntry(2, "my step", "command", "init.sh", false, "f1", false),
            new JournalEntry(12345678901L, "mount", "block", "/etc/hosts", true, "m.x", true));
  }

  @Test
  @DisplayName("I12 a line that no journal has is refused")
  void i12LinesThatNoJournalHasAreRefused() {
    for (String line : List.of("x 1 o file 1 % 1 /x", "e one o file 1 % 1 /x", "e 1 o file 1 %")) {
      journal(line);
      assertThatThrownBy(access::journal)
          .isInstanceOf(HostStateException.class)
          .hasMessageStartingWith("10.0.0.1: the agent answered \"" + line + "\" to journal");
    }
  }

  @Test
  void theNewestIsUndoneFirstAndWhatIsNotMeantStays() {
    journal("e 1 a dir 1 % 1 /a", "e 2 b file 1 % 1 /b", "e 3 a link 1 % 1 /c");
    answer("undo", "undone\n");
    List<ChangeResult> results = access.undo(entry -> entry.owner().equals("a"));
    assertThat(results)
        .extracting(ChangeResult::summary)
        .containsExactly("undo link /c", "undo dir /a");
    assertThat(calls("undo")).hasSize(2);
    assertThat(calls("undo").get(0)).endsWith(" 3");
    assertThat(calls("undo").get(1)).endsWith(" 1");
    assertThat(calls("close")).hasSize(1);
  }

  @Test
  void everyAnswerHasItsOutcome() {
    JournalEntry file = new JournalEntry(1, "a", "file", "/a", true, "", true);
    journal("e 1 a file 1 % 1 /a");
    answer("undo", "undone\n");
    assertThat(access.undo(any -> true)).containsExactly(undone(file, Outcome.CHANGED, ""));
    answer("undo", "undone but x was kept beside it\n");
    assertThat(access.undo(any -> true))
        .containsExactly(undone(file, Outcome.CHANGED, "but x was kept beside it"));
    answer("undo", "kept /a was changed since\n");
    assertThat(access.undo(any -> true))
        .containsExactly(undone(file, Outcome.KEPT, "/a was changed since"));
    answer("undo", "failed /a: Read-only file system\n");
    assertThat(access.undo(any -> true))
        .containsExactly(undone(file, Outcome.FAILED, "/a: Read-only file system"));
    for (String other : List.of("", "done\n", "undone\nundone\n", "undonex\n")) {
      answer("undo", other);
      ChangeResult result = access.undo(any -> true).get(0);
      assertThat(result.outcome()).as(other).isEqualTo(Outcome.FAILED);
      assertThat(result.message()).contains("to undo, which Hawser's own never does");
    }
  }

  @Test
  void whatTheCallerWantsIsSaidToTheHost() {
    journal("e 1 a dir 1 % 1 /a");
    answer("undo", "undone\n");
    access.undo(any -> true, Set.of(UndoOption.KEEP_SYSTEM_SETTINGS, UndoOption.PURGE));
    assertThat(calls("undo").get(0)).endsWith(" 1 purge settings-stay");
  }

  @Test
  void aFailureKeepsNobodyFromTheRest() {
    journal("e 1 a file 1 % 1 /a", "e 2 a file 1 % 1 /b");
    ssh.whenMatching("*", "hawser-agent undo .* 2").answer(1, "", "hawser-agent: no entry 2\n");
    ssh.whenMatching("*", "hawser-agent undo .* 1").answer(0, "undone\nend\n", "");
    List<ChangeResult> results = access.undo(any -> true);
    assertThat(results)
        .extracting(ChangeResult::outcome)
        .containsExactly(Outcome.FAILED, Outcome.CHANGED);
    assertThat(results.get(0).message()).isEqualTo("10.0.0.1: no entry 2");
  }

  @Test
  void aCommandThatNothingTakesBackIsKeptAndForgotten() {
    journal("e 7 a command 1 f 0 init.sh");
    answer("undo", "undone\n");
    assertThat(access.undo(any -> true))
        .extracting(ChangeResult::outcome, ChangeResult::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Outcome.KEPT, "nothing takes this command back"));
    assertThat(calls("undo")).hasSize(1);
  }

  private void storedUndo(Command undo) {
    journal("e 7 a command 1 f 1 init.sh");
    answer("undo", "undone\n");
    String text = Base64.getEncoder().encodeToString(UndoScript.of(undo).getBytes(UTF_8));
    int half = text.length() / 2;
    answer("undo-script", "data\n" + text.substring(0, half) + "\n" + text.substring(half) + "\n");
  }

  @Test
  void aCommandIsUndoneByTheScriptThatTheHostKept() {
    List<Command> run = new ArrayList<>();
    storedUndo(Command.of("clean", "all of it").withTimeout(Duration.ofSeconds(77)));
    ssh.when("*", "undo of init.sh").effect((command, files) -> run.add(command));
    assertThat(access.undo(any -> true))
        .extracting(ChangeResult::outcome)
        .containsExactly(Outcome.CHANGED);
    assertThat(run)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.script().map(Script::text).orElse(""))
                  .contains("exec 'clean' 'all of it'");
              assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(77));
              assertThat(command.asRoot()).isTrue();
            });
    assertThat(calls("undo-script").get(0)).endsWith(" 7");
    assertThat(calls("undo").get(0)).endsWith(" 7");
  }

  @Test
  void anUndoThatFailsStaysInTheJournal() {
    storedUndo(Command.of("clean"));
    ssh.when("*", "undo of init.sh").answer(3, "", "it is locked\n");
    ChangeResult result = access.undo(any -> true).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.message()).contains("undo of init.sh").contains("it is locked");
    assertThat(calls("undo")).isEmpty();
  }

  @Test
  void aBlockIsTakenOutBeforeItsEntryIsMarked() {
    ssh.files("10.0.0.1")
        .write("/etc/hosts", "mine\n# hawser begin m\nours\n# hawser end m\nalso mine\n");
    journal("e 3 a block 1 m 1 /etc/hosts");
    answer("undo", "undone\n");
    assertThat(access.undo(any -> true))
        .extracting(ChangeResult::outcome)
        .containsExactly(Outcome.CHANGED);
    assertThat(ssh.files("10.0.0.1").text("/etc/hosts")).isEqualTo("mine\nalso mine\n");
    assertThat(access.undo(any -> true)).as("it is out already").hasSize(1);
    assertThat(calls("undo")).hasSize(2);
  }

  @Test
  void aBlockThatCannotBeTakenOutStaysInTheJournal() {
    ssh.files("10.0.0.1").write("/etc/hosts", "# hawser begin m\nours\n# hawser end m\n");
    journal("e 3 a block 1 m 1 /etc/hosts");
    answer("apply", "1 failed /etc/hosts: Read-only file system\n");
    ChangeResult result = access.undo(any -> true).get(0);
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.message()).isEqualTo("/etc/hosts: Read-only file system");
    assertThat(result.problem()).isEqualTo(WriteProblem.READ_ONLY);
    assertThat(calls("undo")).isEmpty();
  }
}

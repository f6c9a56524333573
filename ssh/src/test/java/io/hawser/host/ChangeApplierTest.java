package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import io.hawser.ssh.mock.Answer;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.mock.RecordedCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of lists of changes, going by the answers of a host. */
class ChangeApplierTest {
  private static final HostChange A = FileChange.plain("/a", "a");
  private static final HostChange B = new DirectoryChange("/b", 0755);
  private static final HostChange LINK = new LinkChange("/c", "/b");

  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final HostAccess access = access(host);

  private HostAccess access(Host to) {
    return HostAccess.to(ssh, Cluster.named("c1").hosts(List.of(to)).build(), to);
  }

  private void answer(String verb, String text) {
    ssh.whenMatching("*", "hawser-agent " + verb + " .*").answer(0, text + "end\n", "");
  }

  private long calls(String verb) {
    return ssh.transcript().stream()
        .map(RecordedCommand::command)
        .filter(command -> command.startsWith("hawser-agent " + verb + " "))
        .count();
  }

  private static ChangeResult result(HostChange change, Outcome outcome, String message) {
    return new ChangeResult(change.target(), change.summary(), outcome, message);
  }

  @Test
  void neighboursThatTheAgentMakesAloneGoInOneCall() {
    BlockChange block = new BlockChange("/etc/hosts", "m", List.of("x"));
    assertThat(access.apply("o", List.of(A, B, block, LINK, A)))
        .extracting(ChangeResult::outcome)
        .containsExactly(
            Outcome.CHANGED, Outcome.CHANGED, Outcome.CHANGED, Outcome.CHANGED, Outcome.SAME);
    assertThat(calls("apply")).as("two groups and a block").isEqualTo(3);
    assertThat(access.compare(List.of(A, B, block, LINK)))
        .extracting(ChangeResult::outcome)
        .containsOnly(Outcome.SAME);
    assertThat(calls("check")).isEqualTo(2);
  }

  @Test
  void theAnswersAreThoseOfTheChangesInTheirOrder() {
    answer("apply", "7 changed\n8 same\n9 failed /c: Permission denied\n");
    assertThat(access.apply("o", List.of(A, B, LINK)))
        .containsExactly(
            result(A, Outcome.CHANGED, ""),
            result(B, Outcome.SAME, ""),
            result(LINK, Outcome.FAILED, "/c: Permission denied"));
  }

  @Test
  void nothingIsTriedAfterAFailure() {
    answer("apply", "1 failed no\n");
    BlockChange block = new BlockChange("/etc/hosts", "m", List.of("x"));
    assertThat(access.apply("o", List.of(A, B, block)))
        .containsExactly(result(A, Outcome.FAILED, "no"));
    assertThat(calls("read")).isZero();
  }

  @Test
  void asManyAnswersAsOperationsAreWanted() {
    answer("apply", "1 changed\n");
    assertThat(access.apply("o", List.of(A, B)))
        .containsExactly(
            result(A, Outcome.CHANGED, ""),
            result(B, Outcome.FAILED, "10.0.0.1: the agent gave 1 answers to 2 operations"));
    answer("apply", "1 changed\n2 changed\n3 changed\n");
    assertThat(access.apply("o", List.of(A, B)).get(1).message())
        .isEqualTo("10.0.0.1: the agent gave 3 answers to 2 operations");
    answer("check", "");
    assertThatThrownBy(() -> access.compare(List.of(A)))
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("gave 0 answers to 1 operations");
  }

  @Test
  void whatWasAnsweredBeforeTheAgentEndedDidHappen() {
    ssh.whenMatching("*", "hawser-agent apply .*")
        .answer(1, "1 changed\n2 same\ncut", "hawser-agent: the journal is damaged at line 3\n");
    assertThat(access.apply("o", List.of(A, B, LINK)))
        .containsExactly(
            result(A, Outcome.CHANGED, ""),
            result(B, Outcome.SAME, ""),
            result(LINK, Outcome.FAILED, "10.0.0.1: the journal is damaged at line 3"));
  }

  @Test
  void aCommandRunsOnceAndAgainWhenItsFingerprintDiffers() {
    ssh.when("*", "init");
    CommandChange first = new CommandChange("init", Command.of("init"), null, "f1");
    CommandChange other = new CommandChange("init", Command.of("init"), null, "f2");
    assertThat(access.apply("o", List.of(first)))
        .containsExactly(result(first, Outcome.CHANGED, ""));
    assertThat(access.apply("o", List.of(first))).containsExactly(result(first, Outcome.SAME, ""));
    assertThat(access.compare(List.of(first))).containsExactly(result(first, Outcome.SAME, ""));
    assertThat(access.compare(List.of(other))).containsExactly(result(other, Outcome.CHANGED, ""));
    assertThat(access.apply("p", List.of(first)))
        .as("run by another owner")
        .containsExactly(result(first, Outcome.CHANGED, ""));
    assertThat(access.apply("o", List.of(other)))
        .containsExactly(result(other, Outcome.CHANGED, ""));
    assertThat(access.apply("o", List.of(first)))
        .as("the last run counts")
        .containsExactly(result(first, Outcome.CHANGED, ""));
    assertThat(ssh.transcript()).filteredOn(run -> run.command().equals("init")).hasSize(4);
  }

  @Test
  void aCommandThatFailedIsRunAgainAndItsEntryStaysBegun() {
    ssh.when("*", "init")
        .answers(
            Answer.exited(0, "", ""),
            Answer.exited(9, "", "mirror is down\n"),
            Answer.exited(0, "", ""));
    CommandChange one = new CommandChange("init", Command.of("init"), null, "f1");
    CommandChange two = new CommandChange("init", Command.of("init"), null, "f2");
    access.apply("o", List.of(one));
    ChangeResult failed = access.apply("o", List.of(two)).get(0);
    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(failed.message()).contains("mirror is down");
    assertThat(access.journal()).extracting(JournalEntry::done).containsExactly(true, false);
    assertThat(access.compare(List.of(one)).get(0).outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(access.apply("o", List.of(two)).get(0).outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(access.journal()).extracting(JournalEntry::done).containsExactly(true, true);
  }

  @Test
  void scriptsSeeTheRootOfTheirHostAndSoDoTheirUndos() {
    List<Command> run = new ArrayList<>();
    ssh.when("*", "init").effect((command, files) -> run.add(command));
    ssh.when("*", "undo of init").effect((command, files) -> run.add(command));
    CommandChange change = new CommandChange("init", Command.of("init"), Command.of("clean"), "f1");
    access.apply("o", List.of(change));
    assertThat(run.get(0).env()).isEmpty();
    access.undo(any -> true);
    ssh.files("10.0.0.2").makeDirectory("/mnt/image");
    HostAccess below = access(Host.at("10.0.0.2").roles(Role.MASTER).root("/mnt/image").build());
    below.apply("o", List.of(change));
    assertThat(run.get(2).env()).containsOnlyKeys("HAWSER_ROOT");
    assertThat(run.get(2).env().get("HAWSER_ROOT").reveal()).isEqualTo("/mnt/image");
    below.undo(any -> true);
    assertThat(run.get(3).script().orElseThrow().text()).contains("HAWSER_ROOT='/mnt/image'");
  }

  @Test
  void answersThatTheAgentNeverGivesAreFailures() {
    CommandChange command = new CommandChange("init", Command.of("init"), null, "f1");
    WatchChange watch =
        new WatchChange(
            "scripts",
            List.of(new Watched(Watched.Group.SYSTEM, Watched.Kind.FILE, "/etc/sysctl.conf")));
    for (String text : List.of("", "sequence 1\n", "seq 1\nseq 2\n")) {
      answer("begin", text);
      answer("watch", text.replace("sequence 1\n", "1\n2\n"));
      assertThat(access.apply("o", List.of(command)).get(0).message()).contains("to begin");
      ChangeResult watched = access.apply("o", List.of(watch)).get(0);
      assertThat(watched.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(watched.message()).contains("to watch");
    }
  }

  @Test
  void preImagesAreTakenOnce() {
    WatchChange watch =
        new WatchChange(
            "scripts",
            List.of(new Watched(Watched.Group.SYSTEM, Watched.Kind.FILE, "/etc/sysctl.conf")));
    assertThat(access.compare(List.of(watch))).containsExactly(result(watch, Outcome.CHANGED, ""));
    assertThat(access.apply("o", List.of(watch)))
        .containsExactly(result(watch, Outcome.CHANGED, ""));
    assertThat(access.compare(List.of(watch))).containsExactly(result(watch, Outcome.SAME, ""));
    assertThat(access.apply("o", List.of(watch))).containsExactly(result(watch, Outcome.SAME, ""));
    WatchChange other = new WatchChange("others", watch.items());
    assertThat(access.compare(List.of(other)).get(0).outcome()).isEqualTo(Outcome.CHANGED);
  }
}

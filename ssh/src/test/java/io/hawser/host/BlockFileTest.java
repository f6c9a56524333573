package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.mock.Answer;
import io.hawser.ssh.mock.MemoryFiles;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.mock.RecordedCommand;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Blocks of a file that somebody else may write at the same time. */
class BlockFileTest {
  private static final BlockChange BLOCK =
      new BlockChange("/etc/hosts", "m", List.of("10.0.0.7 hub", "10.0.0.8 hub"));

  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final Cluster cluster = Cluster.named("c1").hosts(List.of(host)).build();
  private final HostAccess access = HostAccess.to(ssh, cluster, host);
  private final MemoryFiles files = ssh.files("10.0.0.1");

  private ChangeResult put() {
    return access.apply("o", List.of(BLOCK)).get(0);
  }

  private Outcome compared(BlockChange block) {
    return access.compare(List.of(block)).get(0).outcome();
  }

  private List<String> calls(String verb) {
    return ssh.transcript().stream()
        .map(RecordedCommand::command)
        .filter(command -> command.startsWith("hawser-agent " + verb + " "))
        .toList();
  }

  @Test
  void aFileThatIsMissingIsMadeWithTheBlock() {
    files.remove("/etc/hosts");
    assertThat(compared(BLOCK)).isEqualTo(Outcome.CHANGED);
    assertThat(put().outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(files.text("/etc/hosts"))
        .isEqualTo("# hawser begin m\n10.0.0.7 hub\n10.0.0.8 hub\n# hawser end m\n");
    assertThat(files.mode("/etc/hosts")).isEqualTo(0644);
    assertThat(compared(BLOCK)).isEqualTo(Outcome.SAME);
    assertThat(put().outcome()).isEqualTo(Outcome.SAME);
    assertThat(calls("apply")).hasSize(1);
  }

  @Test
  void aBlockThatStandsInForOursGoesWithItOnUndo() {
    files.write("/etc/hosts", "127.0.0.1 localhost");
    put();
    String both =
        "127.0.0.1 localhost\n# hawser begin watch.m\n10.0.0.8 hub\n# hawser end watch.m\n"
            + files.text("/etc/hosts").substring("127.0.0.1 localhost\n".length());
    files.write("/etc/hosts", both);
    assertThat(compared(BLOCK)).isEqualTo(Outcome.SAME);
    assertThat(put().outcome()).isEqualTo(Outcome.SAME);
    assertThat(access.undo(entry -> true))
        .singleElement()
        .extracting(ChangeResult::outcome)
        .isEqualTo(Outcome.CHANGED);
    assertThat(files.text("/etc/hosts")).isEqualTo("127.0.0.1 localhost");
  }

  @Test
  void noBlockInAFileThatIsMissingIsAsWanted() {
    files.remove("/etc/hosts");
    BlockChange out = new BlockChange("/etc/hosts", "m", List.of());
    assertThat(compared(out)).isEqualTo(Outcome.SAME);
    assertThat(access.apply("o", List.of(out)).get(0).outcome()).isEqualTo(Outcome.SAME);
    assertThat(files.exists("/etc/hosts")).isFalse();
    assertThat(access.journal()).isEmpty();
  }

  @Test
  @DisplayName("D24 what somebody else writes at the same time is read and kept, three times")
  void d24WhatSomebodyElseWritesAtTheSameTimeIsKept() {
    Answer meanwhile =
        Answer.exited(0, "1 failed was changed by somebody else meanwhile\nend\n", "");
    ssh.whenMatching("*", "hawser-agent apply .*")
        .answers(meanwhile, meanwhile, Answer.exited(0, "1 changed\nend\n", ""));
    assertThat(put().outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(calls("read")).hasSize(3);

    ssh.whenMatching("*", "hawser-agent apply .*")
        .answers(meanwhile, meanwhile, meanwhile, Answer.exited(0, "1 changed\nend\n", ""));
    ChangeResult result = put();
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.problem()).isEqualTo(WriteProblem.CHANGED_MEANWHILE);
    assertThat(calls("read")).hasSize(6);
  }

  @Test
  void anyOtherFailureIsFinal() {
    ssh.whenMatching("*", "hawser-agent apply .*")
        .answer(0, "1 failed /etc/hosts: Permission denied\nend\n", "");
    assertThat(put().message()).isEqualTo("/etc/hosts: Permission denied");
    assertThat(calls("apply")).hasSize(1);
  }

  @Test
  void whatIsNoFileIsRefused() {
    files.remove("/etc/hosts").makeDirectory("/etc/hosts");
    ChangeResult result = put();
    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(result.message()).isEqualTo("10.0.0.1: /etc/hosts is not a file");
    assertThat(calls("apply")).isEmpty();
  }

  @Test
  void answersThatTheAgentNeverGivesAreFailures() {
    for (String text : List.of("", "changed\n", "1 changed\n2 changed\n")) {
      ssh.whenMatching("*", "hawser-agent apply .*").answer(0, text + "end\n", "");
      ChangeResult result = put();
      assertThat(result.outcome()).as(text).isEqualTo(Outcome.FAILED);
      assertThat(result.message()).as(text).contains("to swap");
    }
  }
}

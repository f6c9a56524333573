package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.HawserException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.Answer;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.ssh.runner.OutputRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which answers of a host are taken, and how those that are not are worded. */
class AgentClientTest {
  private static final Host HOST = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private static final Cluster CLUSTER = Cluster.named("c1").hosts(List.of(HOST)).build();

  private final MockSsh ssh = MockSsh.create();
  private final AgentClient agent = new AgentClient(ssh, CLUSTER, HOST);

  private void answer(int exit, String out, String err) {
    ssh.whenMatching("*", "hawser-agent .*").answer(exit, out, err);
  }

  private List<String> call() {
    return agent.call(AgentClient.NOTHING, "journal");
  }

  @Test
  void anAnswerIsItsLinesWithoutTheEnd() {
    answer(0, "a\nend\n\nb c\nend\n", "not of the answer\n");
    assertThat(call()).containsExactly("a", "end", "", "b c");
    answer(0, "end\n", "");
    assertThat(call()).isEmpty();
  }

  @Test
  void anAnswerThatDoesNotEndAsItHasToIsCut() {
    for (String out : List.of("a\n", "a\nend \n", "end\na\n")) {
      answer(0, out, "end\n");
      assertThatThrownBy(this::call)
          .isInstanceOf(HostStateException.class)
          .hasMessageStartingWith("10.0.0.1: the agent's answer to journal is cut: it ends with");
    }
  }

  @Test
  void theLastWordsOfTheAgentSayWhyItGaveUp() {
    answer(1, "x\n", "tar: hm\nhawser-agent: first\nhawser-agent: the journal is damaged\n");
    assertThatThrownBy(this::call)
        .isInstanceOf(HostStateException.class)
        .hasMessage("10.0.0.1: the journal is damaged");
  }

  @Test
  @DisplayName("D3 what a tool of the host said is added where the agent does not say why")
  void d3WhatAToolSaidIsAdded() {
    String tools = "cat: a: Permission denied\n  tar: b: No space left on device\ntar: exiting\n";
    answer(1, "", tools + "hawser-agent: cannot unpack\n");
    assertThatThrownBy(this::call)
        .hasMessage("10.0.0.1: cannot unpack: tar: b: No space left on device");
    answer(1, "", tools + "hawser-agent: x: Read-only file system\n");
    assertThatThrownBy(this::call).hasMessage("10.0.0.1: x: Read-only file system");
    answer(1, "", "hawser-agent: y: Text file busy\nhawser-agent: cannot unpack\n");
    assertThatThrownBy(this::call).hasMessage("10.0.0.1: cannot unpack");
  }

  @Test
  @DisplayName("S1 a failure does not show what the agent printed")
  void s1AFailureDoesNotShowTheAnswer() {
    for (Answer ended :
        List.of(
            Answer.exited(2, "canary\n", "hawser-agent: no\n"),
            Answer.exited(1, "canary\n", "sh: not found\n"),
            Answer.lost("canary\n"))) {
      ssh.whenMatching("*", "hawser-agent .*").answers(ended);
      assertThatThrownBy(this::call)
          .isInstanceOfSatisfying(
              CommandException.class,
              e -> {
                assertThat(e).hasMessageNotContaining("canary");
                assertThat(e.result().stdout()).isEmpty();
                assertThat(e.result().stderr()).isEqualTo(ended.stderr());
              });
    }
  }

  @Test
  @DisplayName("I12 a line that was not expected is shown with its beginning, fit to be printed")
  void i12AnUnexpectedLineIsShown() {
    assertThat(agent.unexpected("x".repeat(200), "list"))
        .hasMessageContaining("x".repeat(200) + "\"");
    assertThat(agent.unexpected("x".repeat(201), "list"))
        .hasMessageContaining("\"" + "x".repeat(200) + "...\" to list")
        .hasMessageNotContaining("x".repeat(201));
    assertThat(agent.unexpected("a\u001b[2Jb", "list").getMessage()).doesNotContain("\u001b");
  }

  @Test
  void bytesFollowTheLineData() {
    assertThat(agent.data(List.of("kind file", "data", "aGVs", "bG8="), "read"))
        .asString()
        .isEqualTo("hello");
    assertThat(agent.data(List.of("data aGVs", "bG8="), "read")).asString().isEqualTo("hello");
    assertThat(agent.data(List.of("aGVs", "database"), "read")).isEmpty();
    assertThatThrownBy(() -> agent.data(List.of("data", "a%b"), "read"))
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("a%b")
        .hasMessageContaining("to read");
  }

  @Test
  void onlyCallsThatChangeTheHostCarryTheGenerationOfTheLock() {
    AgentClient locked = new AgentClient(ssh, CLUSTER, HOST, "7");
    assertThat(locked.command("apply", "o").env().get("HAWSER_LOCK").reveal()).isEqualTo("7");
    assertThat(locked.command("list", "/").env()).isEmpty();
    assertThat(agent.command("apply", "o").env()).isEmpty();
    assertThat(agent.commands()).isSameAs(ssh);
    assertThat(locked.commands()).isInstanceOf(FencedCommands.class);
  }

  @Test
  void everyCallNamesTheRootAndTheClusterAndItsArgumentsAreEncoded() {
    assertThat(agent.command("list", "/a b", "").words())
        .containsExactly("list", "", "/var/lib/hawser/c1", "/a\\0040b", "%");
    Host below = Host.at("10.0.0.2").roles(Role.MASTER).root("/mnt/x").build();
    assertThat(new AgentClient(ssh, CLUSTER, below).command("journal").words())
        .containsExactly("journal", "/mnt/x", "/var/lib/hawser/c1");
  }

  /** A client that goes on, whatever its listener says. */
  private record Deaf(Iterator<String> lines, List<RuntimeException> heard) implements SshClient {
    @Override
    public CommandResult run(Host host, Command command) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult run(Host host, Command command, OutputListener listener) {
      while (lines.hasNext()) {
        try {
          listener.onLine(lines.next(), false);
        } catch (OutputRefusedException e) {
          heard.add(e);
        }
      }
      return CommandResult.of(host.address(), "agent", new Exit.Exited(0), "", "", Duration.ZERO);
    }

    @Override
    public void close() {}
  }

  @Test
  @DisplayName("I12 after a line that was refused nothing is heard, whatever the client does")
  void i12AfterARefusalNothingIsHeard() {
    List<RuntimeException> thrown = new ArrayList<>();
    List<String> taken = new ArrayList<>();
    Iterator<String> lines = List.of("a", "bad", "c", "bad", "d", "end").iterator();
    AgentClient deaf = new AgentClient(new Deaf(lines, thrown), CLUSTER, HOST);
    HawserException refusal = deaf.fault("no");
    assertThatThrownBy(
            () ->
                deaf.call(
                    line -> {
                      taken.add(line);
                      if (line.equals("bad")) {
                        throw refusal;
                      }
                    },
                    Command.DEFAULT_TIMEOUT,
                    AgentClient.NOTHING,
                    "list"))
        .isSameAs(refusal);
    assertThat(taken).containsExactly("a", "bad");
    assertThat(thrown).hasSize(1).first().extracting(Throwable::getCause).isSameAs(refusal);
  }

  private HostStateException endless(String line, long most) {
    Iterator<String> lines = Stream.generate(() -> line).limit(most).iterator();
    AgentClient deaf = new AgentClient(new Deaf(lines, new ArrayList<>()), CLUSTER, HOST);
    try {
      deaf.call(any -> {}, Command.DEFAULT_TIMEOUT, AgentClient.NOTHING, "list");
    } catch (HostStateException e) {
      return e;
    }
    throw new AssertionError("was heard to its end");
  }

  @Test
  @DisplayName("I12 an answer of too many characters is endless")
  void i12AnEndlessAnswerEnds() {
    // 2,000 lines of a million characters are as much as ten million lines of 200.
    String line = "x".repeat(1_000_000);
    assertThat(endless(line, 2_002))
        .hasMessageStartingWith(
            "10.0.0.1: the answer to list does not end: 2001 lines with 2001000000 characters");
    assertThat(endless(line, 2_001)).hasMessageContaining("is cut");
  }

  @Test
  @DisplayName("I12 no more is kept of an answer than a part of the heap")
  void i12AnswersThatAreKeptTakeAPartOfTheHeap() {
    AnswerMemory memory = new AnswerMemory(agent, "journal", 5 << 20);
    for (int i = 0; i < 5; i++) {
      memory.take((1 << 20) - 200);
    }
    assertThatThrownBy(() -> memory.take(-199))
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("the answer to journal takes more than the 5 MiB");
    AnswerMemory heap = new AnswerMemory(agent, "journal", Long.MAX_VALUE);
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    assertThatThrownBy(
            () -> {
              for (long taken = 0; taken <= quarter; taken += 1 << 30) {
                heap.take(1 << 30);
              }
            })
        .hasMessageContaining("more than the " + (quarter >> 20) + " MiB");
  }
}

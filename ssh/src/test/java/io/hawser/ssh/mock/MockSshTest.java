package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MockSshTest {
  private static final Host ONE = Host.at("10.0.0.1").build();
  private static final Host TWO = Host.at("10.0.0.2").build();
  private static final Command UNAME = Command.of("uname", "-m");

  private final MockSsh ssh = MockSsh.create();

  @Test
  void scriptedCommandGetsItsAnswer() {
    ssh.when("10.0.0.1", "uname -m").answer(3, "x86_64\n", "oops\n");

    CommandResult result = ssh.run(ONE, UNAME);

    assertThat(result.exit()).isEqualTo(new Exit.Exited(3));
    assertThat(result.lines()).containsExactly("x86_64");
    assertThat(result.stderr()).isEqualTo("oops\n");
    assertThat(result.host()).isEqualTo("10.0.0.1");
    assertThatThrownBy(result::orThrow).isInstanceOf(CommandException.class);
  }

  @Test
  void ruleWithoutAnswerSucceedsSilently() {
    ssh.when("*", "uname -m");

    assertThat(ssh.run(TWO, UNAME).orThrow().stdout()).isEmpty();
  }

  @Test
  void unscriptedCommandFailsAndNamesTheClosestRule() {
    ssh.when("*", "systemctl start registry");
    ssh.when("*", "uname -m");

    assertThatThrownBy(() -> ssh.run(ONE, Command.of("systemctl", "start", "regisrty")))
        .isInstanceOfSatisfying(
            UnscriptedCommandException.class,
            e -> {
              assertThat(e.host()).isEqualTo("10.0.0.1");
              assertThat(e.command()).isEqualTo("systemctl start regisrty");
              assertThat(e.closest()).isEqualTo("when(\"*\", \"systemctl start registry\")");
            })
        .hasMessage(
            "10.0.0.1: \"systemctl start regisrty\" is not scripted; the closest rule is"
                + " when(\"*\", \"systemctl start registry\"). Script it: when(\"10.0.0.1\","
                + " \"systemctl start regisrty\").answer(0, \"\", \"\"); or let every command"
                + " succeed: lenient()");
    assertThat(ssh.transcript()).isEmpty();
  }

  @Test
  void unscriptedCommandWithoutAnyRuleSaysSo() {
    assertThatThrownBy(() -> ssh.run(ONE, UNAME)).hasMessageContaining("there are no rules");
  }

  @Test
  void lenientMockLetsUnscriptedCommandsSucceed() {
    assertThat(ssh.lenient().run(ONE, UNAME).succeeded()).isTrue();
    assertThat(ssh.transcript()).hasSize(1);
  }

  @Test
  void lastRuleThatMatchesWins() {
    ssh.whenMatching("*", ".*").answer(1, "", "");
    ssh.when("*", "uname -m").answer(2, "", "");
    ssh.when("10.0.0.1", "uname -m").answer(3, "", "");

    assertThat(ssh.run(ONE, UNAME).exitCode()).isEqualTo(3);
    assertThat(ssh.run(TWO, UNAME).exitCode()).isEqualTo(2);
    assertThat(ssh.run(TWO, Command.of("true")).exitCode()).isEqualTo(1);
  }

  @Test
  void patternMustMatchTheWholeCommandEvenOverLines() {
    ssh.whenMatching("*", "echo .*b'");

    assertThat(ssh.run(ONE, Command.of("echo", "a\nb")).succeeded()).isTrue();
    assertThatThrownBy(() -> ssh.run(ONE, Command.of("echo", "abc")))
        .isInstanceOf(UnscriptedCommandException.class);
  }

  @Test
  void hostsAreToldByAddressHoweverItIsSpelt() {
    ssh.when("[fd00:0::1]", "uname -m").answer(0, "six", "");

    assertThat(ssh.run(Host.at("fd00::1").build(), UNAME).stdout()).isEqualTo("six");
    assertThatIllegalArgumentException().isThrownBy(() -> ssh.unreachable("registry-1"));
  }

  @Test
  void answersComeInOrderAndTheLastStays() {
    MockRule rule =
        ssh.when("*", "uname -m")
            .answers(Answer.exited(7, "", ""), Answer.signalled("KILL"), Answer.NOTHING);

    assertThat(IntStream.range(0, 4).mapToObj(i -> ssh.run(ONE, UNAME).exit()))
        .containsExactly(
            new Exit.Exited(7), new Exit.Signalled("KILL"), new Exit.Exited(0), new Exit.Exited(0));
    assertThat(rule.used()).isEqualTo(4);
  }

  @Test
  void delayIsReportedAndNotSlept() {
    ssh.when("*", "uname -m").answer(0, "ok", "").delay(Duration.ofHours(1));
    Command patient = UNAME.withTimeout(Duration.ofHours(2));

    assertThat(ssh.run(ONE, patient).took()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void commandWhoseLimitIsShorterThanTheDelayTimesOutWithoutEffect() {
    ssh.when("*", "uname -m").delay(Duration.ofHours(1)).writes("/tmp/done", "");

    CommandResult result = ssh.run(ONE, UNAME.withTimeout(Duration.ofSeconds(5)));

    assertThat(result.exit()).isInstanceOf(Exit.TimedOut.class);
    assertThat(result.took()).isEqualTo(Duration.ofSeconds(5));
    assertThat(ssh.files("10.0.0.1").exists("/tmp/done")).isFalse();
  }

  @Test
  void scriptedCommandsMayChangeTheFilesOfTheirHost() {
    ssh.when("*", "init.sh a").writes("/etc/made", "text");
    ssh.whenMatching("*", "rm .*").removes("/etc/made");
    ssh.whenMatching("*", "tee .*")
        .effect((command, files) -> files.write(command.words().get(1), "from tee"));

    ssh.run(ONE, Command.script(Script.of("init.sh", "echo"), "a"));
    ssh.run(ONE, Command.of("tee", "/etc/other"));

    assertThat(ssh.files("10.0.0.1").paths()).containsExactly("/etc/made", "/etc/other");
    assertThat(ssh.files("10.0.0.1").text("/etc/made")).isEqualTo("text");
    assertThat(ssh.files("10.0.0.2").paths()).isEmpty();

    ssh.run(ONE, Command.of("rm", "/etc/made"));
    assertThat(ssh.files("10.0.0.1").paths()).containsExactly("/etc/other");
  }

  @Test
  void brokenHostsFailAsOverTheNetwork() {
    ssh.lenient();
    ssh.unreachable("10.0.0.1");
    assertThat(reason(ONE)).isEqualTo(SshException.Reason.UNREACHABLE);
    ssh.refuseConnection("10.0.0.1");
    assertThat(reason(ONE)).isEqualTo(SshException.Reason.REFUSED);
    ssh.refuseLogin("10.0.0.1");
    assertThat(reason(ONE)).isEqualTo(SshException.Reason.AUTHENTICATION);
    ssh.changedHostKey("10.0.0.1");
    assertThat(reason(ONE)).isEqualTo(SshException.Reason.CHANGED_HOST_KEY);

    assertThat(ssh.run(TWO, UNAME).succeeded()).isTrue();
    assertThat(ssh.heal("10.0.0.1").run(ONE, UNAME).succeeded()).isTrue();
    assertThat(ssh.transcript()).hasSize(2);
  }

  private SshException.Reason reason(Host host) {
    try {
      ssh.run(host, UNAME);
    } catch (SshException e) {
      assertThat(e).hasMessageStartingWith(host.address() + ": ");
      return e.reason();
    }
    throw new AssertionError("no exception");
  }

  @Test
  void linkIsLostOnceAfterTheGivenNumberOfCommands() {
    ssh.whenMatching("*", "touch.*").writes("/tmp/touched", "");
    ssh.lenient().loseLink("10.0.0.1", 2);

    assertThat(ssh.run(ONE, UNAME).succeeded()).isTrue();
    assertThat(ssh.run(TWO, UNAME).succeeded()).isTrue();
    assertThat(ssh.run(ONE, UNAME).succeeded()).isTrue();
    assertThat(ssh.run(ONE, Command.of("touch")).exit()).isInstanceOf(Exit.Lost.class);
    assertThat(ssh.files("10.0.0.1").exists("/tmp/touched")).isFalse();
    assertThat(ssh.run(ONE, Command.of("touch")).succeeded()).isTrue();
  }

  @Test
  void transcriptHoldsWhatRanButNoValuesOfTheEnvironment() throws Exception {
    ssh.lenient();
    ssh.run(ONE, UNAME.withDirectory("/tmp").withEnv(Map.of("TOKEN", "hunter2")));
    ssh.run(TWO, Command.of("true").asLoginUser());

    assertThat(ssh.transcript())
        .containsExactly(
            new RecordedCommand(
                "10.0.0.1",
                22,
                "uname -m",
                "/tmp",
                List.of("TOKEN"),
                true,
                new Exit.Exited(0),
                Duration.ZERO),
            new RecordedCommand(
                "10.0.0.2", 22, "true", "", List.of(), false, new Exit.Exited(0), Duration.ZERO));
    assertThat(ssh.transcript("10.0.0.2").toString()).isEqualTo("[10.0.0.2: true -> 0]");
    assertThat(ssh.transcript().toString()).doesNotContain("hunter2");
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(ssh.transcript().get(0));
    }
  }

  @Test
  void listenerHearsEveryLineAlsoWhereTheResultIsCut() {
    String line = "0123456789".repeat(7000);
    ssh.when("*", "uname -m").answer(0, "first\n" + line, "bad\n");
    List<String> heard = new ArrayList<>();

    CommandResult result =
        ssh.run(ONE, UNAME.withCapture(100), (text, isError) -> heard.add(isError + text));

    assertThat(heard).hasSize(4).startsWith("falsefirst").endsWith("truebad");
    assertThat(heard.get(1).length() + heard.get(2).length()).isEqualTo(70_000 + 10);
    assertThat(result.lines()).hasSize(4);
    assertThat(result.stdout()).contains("\n[Hawser: 69906 bytes left out here]\n");
  }

  @Test
  void interruptedThreadRunsNothing() {
    ssh.lenient();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> ssh.run(ONE, UNAME)).isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(ssh.transcript()).isEmpty();
  }

  @Test
  void manyThreadsMayUseItAtOnce() {
    ssh.whenMatching("*", "add")
        .effect(
            (command, files) -> {
              String before = files.exists("/tmp/n") ? files.text("/tmp/n") : "";
              files.write("/tmp/n", before + ".");
            });

    FanOut.map(
        IntStream.range(0, 200).boxed().toList(),
        8,
        i -> ssh.run(i % 2 == 0 ? ONE : TWO, Command.of("add")));

    assertThat(ssh.transcript()).hasSize(200);
    assertThat(ssh.files("10.0.0.1").text("/tmp/n")).hasSize(100);
  }

  @Test
  void agentNeedsNoRuleAndACatchAllRuleDoesNotReplaceIt() {
    ssh.whenMatching("*", ".*").answer(9, "", "");
    Command facts = Command.script(Script.of("hawser-agent", ""), "facts", "", "/var/lib/hawser/c");
    assertThat(ssh.run(ONE, facts).lines()).contains("arch=x86_64", "end");

    ssh.whenMatching("10.0.0.1", "hawser-agent facts.*").answer(1, "", "no space left on device");
    assertThat(ssh.run(ONE, facts).exitCode()).isEqualTo(1);
    assertThat(ssh.run(TWO, facts).exitCode()).isZero();
  }
}

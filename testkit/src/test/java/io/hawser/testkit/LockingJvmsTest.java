package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Host;
import io.hawser.host.LockingJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Controllers in several JVMs that want to change the same cluster. */
@Timeout(180)
class LockingJvmsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final EmbeddedHosts hosts = EmbeddedHosts.builder().count(3).keyLogin().start();
  private final List<LockingJvm> jvms = new ArrayList<>();

  @TempDir Path temp;

  @AfterEach
  void endAll() throws IOException {
    for (LockingJvm jvm : jvms) {
      jvm.close();
    }
    hosts.close();
  }

  private LockingJvm jvm(Duration lease) throws IOException {
    List<Host> all = hosts.cluster("c1", "master", "node", "node").hosts();
    LockingJvm jvm = LockingJvm.start(hosts.hostKeys(), lease, 0, all);
    jvms.add(jvm);
    return jvm;
  }

  static List<Integer> crowds() {
    return Boolean.getBoolean("hawser.long") ? List.of(2, 5, 20) : List.of(2, 5);
  }

  @ParameterizedTest
  @MethodSource("crowds")
  @DisplayName("F6 of controllers that start together one writes, and the others are told of it")
  void ofControllersThatStartTogetherOneWrites(int count) throws Exception {
    HostSnapshot bare = hosts.snapshot(0);
    for (int i = 0; i < count; i++) {
      jvm(MINUTE);
    }
    for (LockingJvm jvm : jvms) {
      assertThat(jvm.ask("ready")).isEqualTo("ready");
    }
    for (LockingJvm jvm : jvms) {
      jvm.tell("take");
    }
    List<String> answers = new ArrayList<>();
    for (LockingJvm jvm : jvms) {
      answers.add(jvm.answer());
    }
    List<Integer> winners =
        IntStream.range(0, count).filter(i -> answers.get(i).equals("taken")).boxed().toList();
    assertThat(winners).as("%s", answers).hasSize(1);
    LockingJvm winner = jvms.get(winners.get(0));
    String owner = "locked by " + System.getProperty("user.name") + "@";
    for (int i = 0; i < count; i++) {
      if (i != winners.get(0)) {
        assertThat(answers.get(i))
            .startsWith("refused: " + hosts.address(0) + ": cluster c1 is " + owner)
            .contains("(process " + winner.pid() + ", run ")
            .contains(" since 20");
      }
    }
    assertThat(winner.ask("write once")).isEqualTo("CHANGED");
    assertThat(winner.ask("reset")).isEqualTo("undone");
    assertThat(winner.ask("give-back")).isEqualTo("free");
    assertThat(bare.differences(hosts.snapshot(0))).isEmpty();
    assertThat(jvms.get(winners.get(0) == 0 ? 1 : 0).ask("take")).isEqualTo("taken");
  }

  @Test
  @DisplayName("F7 the lock of a killed controller is free within seconds, its scripts are ended")
  void theLockOfAKilledControllerIsFree() throws Exception {
    LockingJvm killed = jvm(MINUTE);
    LockingJvm next = jvm(MINUTE);
    assertThat(killed.ask("take")).isEqualTo("taken");
    assertThat(killed.ask("script")).isEqualTo("started");
    await(() -> Files.exists(hosts.root(0).resolve("ran")));
    killed.signal("KILL");
    long start = System.nanoTime();
    await(() -> next.ask("take").equals("taken"));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    assertThat(scripts()).isEmpty();
    assertThat(next.ask("write x")).isEqualTo("CHANGED");
    assertThat(next.ask("reset")).isEqualTo("undone");
  }

  @Test
  @DisplayName("F5 a paused controller that was replaced changes nothing when it goes on")
  void aPausedControllerThatWasReplacedChangesNothing() throws Exception {
    LockingJvm paused = jvm(Duration.ofSeconds(2));
    LockingJvm next = jvm(MINUTE);
    assertThat(paused.ask("take")).isEqualTo("taken");
    assertThat(paused.ask("write first")).isEqualTo("CHANGED");
    assertThat(paused.ask("script")).isEqualTo("started");
    await(() -> Files.exists(hosts.root(0).resolve("ran")));
    paused.signal("STOP");
    assertThat(next.ask("take")).startsWith("refused: ");
    await(() -> next.ask("take").equals("taken"));
    assertThat(scripts()).isEmpty();
    assertThat(next.ask("write second")).isEqualTo("CHANGED");
    HostSnapshot before = hosts.snapshot(0);

    paused.signal("CONT");
    assertThat(paused.ask("write third"))
        .startsWith("FAILED ")
        .contains("lost the host to " + System.getProperty("user.name") + "@")
        .contains("(process " + next.pid() + ", run ");
    assertThat(paused.ask("reset")).startsWith("refused: ").contains("lost the host to ");
    assertThat(paused.ask("give-back")).isEqualTo("free");
    // Besides what it noted of its calls, and what the owner says now and then.
    assertThat(before.differences(hosts.snapshot(0))).allMatch(line -> line.contains("/c1/lock/"));
    assertThat(next.ask("write fourth")).isEqualTo("CHANGED");
  }

  @Test
  @DisplayName("F7 the lock of a controller behind a black hole is free after its lease")
  void theLockBehindABlackHoleIsFreeAfterItsLease() throws Exception {
    Host host = hosts.cluster("c1", "master").hosts().get(0);
    try (TcpRelay relay = new TcpRelay(host.address(), host.ssh().port())) {
      Host behind = Host.at("127.0.0.1").ssh(host.ssh()).root(host.root()).build();
      LockingJvm cut =
          LockingJvm.start(
              temp.resolve("known_hosts"), Duration.ofSeconds(2), relay.port(), List.of(behind));
      jvms.add(cut);
      LockingJvm next = jvm(MINUTE);
      assertThat(cut.ask("take")).isEqualTo("taken");
      relay.swallow();
      assertThat(next.ask("take")).startsWith("refused: " + host.address());
      await(() -> next.ask("take").equals("taken"));
      assertThat(next.ask("write x")).isEqualTo("CHANGED");
    }
  }

  /** Processes of the script that {@link LockingJvm} runs. */
  private static List<String> scripts() {
    return ProcessHandle.allProcesses()
        .map(process -> process.info().commandLine().orElse(""))
        .filter(line -> line.endsWith("sleep 617"))
        .toList();
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition condition) throws IOException, InterruptedException {
    for (int tries = 0; !condition.holds(); tries++) {
      assertThat(tries).isLessThan(1000);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Input;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The lock on one host, in every shell of this machine. */
@ParameterizedClass
@MethodSource("shells")
@Timeout(60)
class ClusterLockTest {
  private static final FileChange ONE = FileChange.plain("/etc/one", "1");
  private static final FileChange TWO = FileChange.plain("/etc/two", "2");

  private static final String STATE = "/var/lib/hawser/c1";

  private final TestHost host;
  private final Map<String, String> bare;

  ClusterLockTest(String shell, @TempDir Path temp) throws IOException {
    host = new TestHost(temp, shell);
    host.write("/etc/hosts", "127.0.0.1 localhost\n");
    bare = host.snapshot();
  }

  static List<String> shells() {
    return Stream.concat(Stream.of("/bin/sh"), LocalShell.otherShells().stream()).toList();
  }

  private ClusterLock take() {
    return ClusterLock.take(host.shell, host.access.cluster(), List.of(host.access.host()));
  }

  private HostAccess under(ClusterLock lock) {
    return lock.access(host.access.host());
  }

  @Test
  @DisplayName("F6 the second is refused at once, and told who has the cluster and since when")
  void theSecondIsRefusedAtOnce() throws IOException {
    try (ClusterLock lock = take()) {
      assertThat(TestHost.outcomes(under(lock).apply("test", List.of(ONE))))
          .containsExactly(CHANGED);
      assertThatThrownBy(this::take)
          .isInstanceOfSatisfying(
              ClusterLockedException.class,
              e -> {
                assertThat(e.host()).isEqualTo("127.0.0.11");
                assertThat(e.owner())
                    .contains(System.getProperty("user.name") + "@")
                    .contains("process " + ProcessHandle.current().pid());
                assertThat(e.since()).matches("20..-..-..T..:..:..Z");
                assertThat(e).hasMessageContaining(e.owner()).hasMessageContaining(e.since());
              });
      assertThat(host.access.apply("test", List.of(TWO)).get(0).message())
          .contains("locked by " + System.getProperty("user.name") + "@");
      assertThat(host.path("/etc/two")).doesNotExist();
      under(lock).undo(entry -> true);
    }
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("F7 a lock that was given back is free, and leaves nothing when nothing is left")
  void aLockThatWasGivenBackIsFree() throws IOException {
    try (ClusterLock lock = take()) {
      under(lock).apply("test", List.of(ONE));
    }
    assertThat(host.path(STATE + "/journal")).exists();
    assertThat(host.path(STATE + "/lock")).doesNotExist();
    try (ClusterLock lock = take()) {
      assertThat(TestHost.outcomes(under(lock).apply("test", List.of(TWO))))
          .containsExactly(CHANGED);
      assertThat(TestHost.outcomes(under(lock).undo(entry -> true))).containsOnly(CHANGED);
    }
    assertThat(host.snapshot()).isEqualTo(bare);
    take().close();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("F7 a lock of a newer version is refused with both versions named")
  void aLockOfANewerVersionIsRefused() throws IOException {
    host.write("/var/lib/hawser/c1/lock/g.1000000001", "hawser-lock 2\nx\n");
    Map<String, String> before = host.snapshot();
    try (ClusterLock lock = take()) {
      assertThatThrownBy(() -> under(lock))
          .isInstanceOf(HostStateException.class)
          .hasMessageContaining("version 2")
          .hasMessageContaining("knows version 1");
    }
    assertThat(TestHost.outcomes(host.access.apply("test", List.of(ONE)))).containsExactly(FAILED);
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  @DisplayName("F6 who only reads takes no lock and leaves no trace")
  void whoOnlyReadsLeavesNoTrace() throws IOException {
    try (ClusterLock lock = take()) {
      Map<String, String> locked = host.snapshot();
      host.access.journal();
      host.access.facts();
      host.access.compare(List.of(ONE));
      host.access.list("/etc", true);
      under(lock).journal();
      assertThat(host.snapshot().keySet()).isEqualTo(locked.keySet());
    }
    assertThat(Files.exists(host.path("/var/lib"))).isFalse();
  }

  /** As if the controller's machine had gone: nobody gives the lock back. */
  private void killHolder() throws Exception {
    try (Stream<Path> files = Files.list(host.path("/var/lib/hawser/c1/lock"))) {
      Path beat = files.filter(file -> file.toString().contains("/b.")).findFirst().orElseThrow();
      long holder = Long.parseLong(Files.readString(beat).strip().split(" ")[1]);
      ProcessHandle process = ProcessHandle.of(holder).orElseThrow();
      assertThat(process.destroyForcibly()).isTrue();
      await(() -> !process.isAlive());
    }
  }

  @Test
  @DisplayName("F5 a run that was replaced is refused, and what it still did on the host is ended")
  void aRunThatWasReplacedIsRefused() throws Exception {
    ClusterLock first = take();
    under(first).apply("test", List.of(ONE));
    AgentClient agent =
        new AgentClient(
            host.shell,
            host.access.cluster(),
            host.access.host(),
            generation("/var/lib/hawser/c1/lock"));
    CountDownLatch never = new CountDownLatch(1);
    Input paused =
        stream -> {
          stream.write("rm -rf /\n".getBytes(StandardCharsets.UTF_8));
          stream.flush();
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
          }
        };
    CompletableFuture<Object> half =
        CompletableFuture.supplyAsync(() -> agent.call(paused, "begin", "test", "init", "f"));
    await(() -> Files.exists(host.path("/var/lib/hawser/c1/undo/2")));
    killHolder();

    try (ClusterLock second = take()) {
      assertThatThrownBy(half::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseInstanceOf(CommandException.class);
      assertThat(TestHost.outcomes(under(second).apply("test", List.of(TWO))))
          .containsExactly(CHANGED);
      Map<String, String> before = host.snapshot();
      CommandChange touch = new CommandChange("x", Command.of("touch", "x"), null, "f");
      for (HostChange late : List.of(FileChange.plain("/etc/one", "late"), touch)) {
        List<ChangeResult> refused = under(first).apply("test", List.of(late));
        assertThat(TestHost.outcomes(refused)).containsExactly(FAILED);
        assertThat(refused.get(0).message())
            .contains("has lost the host to " + System.getProperty("user.name") + "@");
      }
      assertThatThrownBy(() -> under(first).undo(entry -> true))
          .isInstanceOf(HostStateException.class);
      first.close();
      Map<String, String> after = host.snapshot();
      assertThat(after.keySet()).isEqualTo(before.keySet());
      assertThat(after.get("etc/one")).isEqualTo(before.get("etc/one"));
      assertThat(under(second).undo(entry -> true)).hasSize(2);
    }
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("F5 a script of a run that was replaced is not run, and one that runs is ended")
  void aScriptOfAReplacedRunIsEnded() throws Exception {
    ClusterLock first = take();
    Path ran = host.path("/ran");
    Script sleeps = Script.of("init.sh", "echo x >>\"$1\"; while :; do sleep 0.1; done; echo late");
    Command script = Command.script(sleeps, ran.toString());
    CompletableFuture<List<ChangeResult>> half =
        CompletableFuture.supplyAsync(
            () ->
                under(first).apply("test", List.of(new CommandChange("init", script, null, "f"))));
    await(() -> Files.exists(ran));
    killHolder();
    try (ClusterLock second = take()) {
      assertThat(TestHost.outcomes(half.join())).containsExactly(FAILED);
      SshClient late =
          new FencedCommands(host.shell, AgentScript.fence(host.root.toString(), STATE), "1.gone");
      CommandResult refused = late.run(host.access.host(), script);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.stderr()).contains("has lost the host to");
      assertThat(ran).hasContent("x\n");
      under(second).undo(entry -> true);
    }
  }

  @Test
  @DisplayName("F7 the lock of an owner that was not heard of within its lease is free")
  void aLeaseRunsOut() throws Exception {
    LockTerms terms = LockTerms.of(Duration.ofSeconds(1));
    ClusterLock first =
        ClusterLock.take(host.shell, host.access.cluster(), List.of(host.access.host()), terms);
    try (Stream<Path> files = Files.list(host.path("/var/lib/hawser/c1/lock"))) {
      Path beat = files.filter(file -> file.toString().contains("/b.")).findFirst().orElseThrow();
      long holder = Long.parseLong(Files.readString(beat).strip().split(" ")[1]);
      // It does not hear of its owner, as behind a link that is silent.
      signal("-STOP", holder);
    }
    assertThatThrownBy(this::take).isInstanceOf(ClusterLockedException.class);
    ClusterLock[] second = new ClusterLock[1];
    await(() -> (second[0] = taken()) != null);
    assertThat(TestHost.outcomes(under(first).apply("test", List.of(ONE)))).containsExactly(FAILED);
    first.close();
    second[0].close();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  private @Nullable ClusterLock taken() {
    try {
      return take();
    } catch (ClusterLockedException e) {
      return null;
    }
  }

  private static void signal(String signal, long process) throws Exception {
    Process kill = new ProcessBuilder("kill", signal, String.valueOf(process)).start();
    assertThat(kill.waitFor()).isZero();
  }

  private String generation(String folder) throws IOException {
    try (Stream<Path> files = Files.list(host.path(folder))) {
      Path record = files.filter(file -> file.toString().contains("/g.")).findFirst().orElseThrow();
      return Files.readAllLines(record).get(1);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int tries = 0; !condition.getAsBoolean(); tries++) {
      assertThat(tries).isLessThan(500);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}

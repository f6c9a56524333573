package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.CancelledException;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.host.HostAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong on request, beyond what the suite of the testkit holds every client to. */
class MockFaultsTest {
  private static final Command COMMAND = Command.of("id");
  private static final Host ROOT = Host.at("10.0.0.1").build();
  private static final Host DEPLOY =
      Host.at("10.0.0.1").ssh(SshAccess.builder().user("deploy").build()).build();

  private final MockSsh ssh = MockSsh.create().lenient();

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonCanBeHadAndIsWorded(Reason reason) {
    ssh.fail("10.0.0.1", reason);

    SshException failure = catchThrowableOfType(SshException.class, () -> ssh.run(DEPLOY, COMMAND));
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.host()).isEqualTo("10.0.0.1");
    assertThat(failure.getMessage()).startsWith("10.0.0.1: ").hasSizeGreaterThan(40);
    assertThat(ssh.transcript()).isEmpty();
    assertThat(ssh.heal("10.0.0.1").run(DEPLOY, COMMAND).succeeded()).isTrue();
  }

  @Test
  @DisplayName("C8 sudo is met only as root by a login user who is not")
  void sudoIsMetOnlyWhereItIsUsed() {
    ssh.refuseSudo("10.0.0.1");

    assertThatThrownBy(() -> ssh.run(DEPLOY, COMMAND))
        .isInstanceOfSatisfying(
            SshException.class, e -> assertThat(e.reason()).isEqualTo(Reason.SUDO_NOT_ALLOWED))
        .hasMessageContaining("sudo does not let user deploy become root");
    assertThat(ssh.run(DEPLOY, COMMAND.asLoginUser()).succeeded()).isTrue();
    assertThat(ssh.run(ROOT, COMMAND).succeeded()).isTrue();
  }

  @Test
  @DisplayName("C8 what Hawser itself does on a host needs sudo too")
  void theAgentMeetsSudo() {
    ssh.fail("10.0.0.1", Reason.SUDO_MISSING);
    Host master = DEPLOY.toBuilder().roles(Role.MASTER).build();
    Cluster cluster = Cluster.named("c").hosts(List.of(master)).build();

    assertThatThrownBy(() -> HostAccess.to(ssh, cluster, master).facts())
        .hasMessageContaining("sudo: not found");
  }

  @Test
  void aRefusedLoginTellsWhatWasTried() {
    ssh.refuseLogin("10.0.0.1");
    SshAccess access = SshAccess.builder().keyFile("~/.ssh/id").agent(true).build();

    assertThatThrownBy(() -> ssh.run(Host.at("10.0.0.1").ssh(access).build(), COMMAND))
        .hasMessageContaining("the private key ~/.ssh/id and the keys of the agent");
    assertThatThrownBy(() -> ssh.run(ROOT, COMMAND))
        .hasMessageContaining("user root was refused; tried nothing");
  }

  @Test
  @DisplayName("C14 a directory that does not exist keeps a scripted command from running")
  void aMissingDirectoryKeepsACommandFromRunning() {
    MockRule rule = ssh.when("*", "id").writes("/tmp/ran", "").delay(Duration.ofHours(1));
    ssh.files("10.0.0.1").link("/loop", "/loop").write("/etc/file", "");

    for (String directory : List.of("/opt/app", "/loop", "/etc/file", "/etc/file/x", "app")) {
      CommandResult result = ssh.run(ROOT, COMMAND.withDirectory(directory));
      assertThat(result.exit()).as(directory).isEqualTo(new Exit.Exited(126));
      assertThat(result.stderr()).contains(directory);
      assertThat(result.took()).isEqualTo(Duration.ZERO);
    }
    assertThat(rule.used()).isZero();
    assertThat(ssh.files("10.0.0.1").exists("/tmp/ran")).isFalse();

    ssh.files("10.0.0.1").makeDirectory("/opt/app").link("/srv/app", "/opt/app");
    ssh.run(ROOT, COMMAND.withDirectory("/srv/app").withTimeout(Duration.ofHours(2)));
    assertThat(rule.used()).isOne();
  }

  @Test
  void theLimitOfACommandIsWordedAsByTheRealClient() {
    ssh.when("*", "id").delay(Duration.ofMinutes(5));

    assertThat(ssh.run(ROOT, COMMAND.withTimeout(Duration.ofMinutes(5))).succeeded()).isTrue();
    assertThat(ssh.run(ROOT, COMMAND.withTimeout(Duration.ofMinutes(2))).exit())
        .isEqualTo(new Exit.TimedOut("120 s"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ssh.when("*", "x").delay(Duration.ofSeconds(-1)))
        .withMessageContaining("when(\"*\", \"x\")");
  }

  @Test
  @Timeout(60)
  @DisplayName("F15 a thread that waits for its turn on a host can be interrupted")
  void aThreadThatWaitsForItsTurnCanBeInterrupted() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    ssh.when("*", "id")
        .effect(
            (command, files) -> {
              inside.countDown();
              await(leave);
            });
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread first = new Thread(() -> ssh.run(ROOT, COMMAND));
    Thread second =
        new Thread(
            () -> {
              try {
                ssh.run(ROOT, Command.of("second"));
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    first.start();
    await(inside);
    second.start();
    second.interrupt();
    second.join();
    leave.countDown();
    first.join();

    assertThat(thrown.get())
        .isInstanceOf(CancelledException.class)
        .hasMessage("10.0.0.1: interrupted, \"second\" was told to end");
    assertThat(ssh.transcript()).extracting(RecordedCommand::command).containsExactly("id");
  }

  @Test
  @Timeout(60)
  @DisplayName("F15 a command that hangs ends when its thread is interrupted, and keeps the flag")
  void aHangingCommandEndsByAnInterruptOnly() throws InterruptedException {
    CountDownLatch hanging = new CountDownLatch(1);
    ssh.when("10.0.0.1", "id")
        .writes("/begun", "")
        .effect((command, files) -> hanging.countDown())
        .hangs();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                ssh.run(ROOT, COMMAND.withTimeout(Duration.ofMillis(1)));
              } catch (CancelledException e) {
                thrown.set(e);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    await(hanging);
    caller.interrupt();
    caller.join();

    assertThat(thrown.get()).hasMessage("10.0.0.1: interrupted, \"id\" was told to end");
    assertThat(flag.get()).isTrue();
    assertThat(ssh.files("10.0.0.1").exists("/begun")).isTrue();
    assertThat(ssh.transcript()).isEmpty();
    assertThat(ssh.run(ROOT, Command.of("other")).succeeded()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("F16 what a closed mock has seen can be looked at, and others go on")
  void whatAClosedMockHasSeenStays() {
    SshClient other = ssh.client();
    ssh.when("*", "id").writes("/etc/made", "");
    ssh.run(ROOT, COMMAND);
    ssh.close();

    assertThat(ssh.transcript()).hasSize(1);
    assertThat(ssh.files("10.0.0.1").paths()).containsExactly("/etc/made");
    other.run(ROOT, COMMAND).orThrow();
    other.close();
    assertThatThrownBy(() -> other.run(ROOT, COMMAND))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the SSH client is closed");
    assertThat(ssh.transcript("10.0.0.1")).hasSize(2);
    ssh.client().run(ROOT, COMMAND).orThrow();
  }
}

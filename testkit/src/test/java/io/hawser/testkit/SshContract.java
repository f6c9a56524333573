package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.assertGone;
import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.script;
import static io.hawser.testkit.SshSteps.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.CancelledException;
import io.hawser.fanout.FanOut;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.SshClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client promises of commands on real hosts, whatever server is there. */
@Timeout(120)
abstract class SshContract implements SshClientContract, SshConnectContract, SshBytesContract {
  @TempDir Path temp;
  SshTarget target;
  NetworkSubject subject;
  SshClient client;
  Path knownHosts;

  abstract SshTarget startTarget() throws Exception;

  @Override
  public SshTarget target() {
    return target;
  }

  @Override
  public SshClient client() {
    return client;
  }

  @Override
  public SshSubject subject() {
    return subject;
  }

  @Override
  public Path temp() {
    return temp;
  }

  @BeforeEach
  void start() throws Exception {
    target = startTarget();
    subject = new NetworkSubject(target, temp);
    knownHosts = subject.knownHosts();
    client = subject.client();
  }

  @AfterEach
  void stop() {
    if (subject != null) {
      subject.close();
    }
    if (target != null) {
      target.close();
    }
  }

  @Test
  @DisplayName("C2 much output on both streams is capped, streamed whole and does not block")
  void muchOutputIsCappedAndStreamedWhole() {
    AtomicLong stdout = new AtomicLong();
    AtomicLong stderr = new AtomicLong();
    String print =
        "i=0; while [ $i -lt 10 ]; do head -c 1000000 /dev/zero | tr '\\0' x; i=$((i+1));"
            + " head -c 1000000 /dev/zero | tr '\\0' y >&2; done; echo; echo end";
    CommandResult result =
        client.run(
            target.host(),
            script(print).withCapture(100_000),
            (line, error) -> (error ? stderr : stdout).addAndGet(line.length()));

    assertThat(result.exitCode()).isZero();
    assertThat(stdout).hasValue(10_000_003);
    assertThat(stderr).hasValue(10_000_000);
    assertThat(result.stdout()).startsWith("xxx").endsWith("x\nend\n");
    assertThat(result.stdout()).contains("\n[Hawser: 9900005 bytes left out here]\n");
    assertThat(result.stderr().length()).isBetween(100_000, 100_100);
  }

  @Test
  @DisplayName("C4 a command that ignores TERM is ended at its limit")
  void aCommandThatIgnoresTermIsEndedAtItsLimit() throws Exception {
    Path pid = temp.resolve("pid");
    Command command =
        script("trap '' TERM; echo $$ >\"$1\"; while :; do sleep 1; done", pid.toString());
    CommandResult result = run(command.withTimeout(Duration.ofSeconds(1)));

    assertThat(result.exit()).isEqualTo(new Exit.TimedOut("1 s"));
    assertThat(result.took()).isLessThan(Duration.ofSeconds(8));
    assertGone(pid);
  }

  @Test
  @DisplayName("C5 a daemon that keeps the streams open does not hold the call, and lives on")
  void aDaemonThatKeepsTheStreamsDoesNotHoldTheCall() {
    CommandResult result = run(script("sleep 50 & echo $!; exit 3"));

    assertThat(result.exit()).isEqualTo(new Exit.Exited(3));
    assertThat(result.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6));
    String daemon = result.stdout().strip();
    assertThat(run(command("kill", "-0", daemon)).succeeded()).isTrue();
    run(command("kill", daemon));
  }

  @Test
  @DisplayName("C6 without input a command reads the end at once, and never what is ours")
  void withoutInputACommandReadsTheEndAtOnce() {
    assertThat(run(script("cat; read x; echo \"[$x]\"")).stdout()).isEqualTo("[]\n");
    assertThat(run(command("cat")).stdout()).isEmpty();
  }

  @Test
  @DisplayName("C6 input arrives byte for byte, also behind a script that reads")
  void inputArrivesByteForByte() {
    String text = "first\n\0\u00e4 \\ \r\n'last";
    assertThat(run(command("cat").withInput(text)).stdout()).isEqualTo(text);
    assertThat(run(script("read -r a; echo \"<$a>\"; cat").withInput(text)).stdout())
        .isEqualTo("<first>\n" + text.substring(6));
  }

  @Test
  @DisplayName("D9 a source of input that fails is thrown, and the command is ended")
  void aSourceOfInputThatFailsEndsTheCommand() throws Exception {
    Path pid = temp.resolve("pid");
    Command command =
        script("echo $$ >\"$1\"; cat >/dev/null; echo done; sleep 30", pid.toString())
            .withInput(
                stream -> {
                  stream.write(new byte[100_000]);
                  stream.flush();
                  waitFor(pid);
                  throw new IOException("gone");
                });
    assertThatThrownBy(() -> run(command)).hasRootCauseMessage("gone");
    assertGone(pid);
  }

  @Test
  @DisplayName("C14 a command runs in its directory, or not at all")
  void aCommandRunsInItsDirectoryOrNotAtAll() {
    CommandResult result = run(script("echo ran").withDirectory(temp + "/no such"));

    assertThat(result.exit()).isEqualTo(new Exit.Exited(126));
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).contains("no such");
    assertThat(run(command("pwd").withDirectory(temp.toString())).lines())
        .containsExactly(temp.toString());
  }

  @Test
  @DisplayName("F15 an interrupt returns soon, keeps the flag and leaves no process")
  void anInterruptLeavesNoProcess() throws Exception {
    Path pid = temp.resolve("pid");
    Command command = script("echo $$ >\"$1\"; sleep 100 & sleep 100", pid.toString());
    AtomicLong returned = new AtomicLong();
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run(command);
              } catch (RuntimeException e) {
                thrown.add(e);
              }
              returned.set(Thread.currentThread().isInterrupted() ? System.nanoTime() : -1);
            });
    thread.start();
    waitFor(pid);
    long start = System.nanoTime();
    thread.interrupt();
    thread.join();

    assertThat(thrown).singleElement().isInstanceOf(CancelledException.class);
    assertThat(Duration.ofNanos(returned.get() - start))
        .isBetween(Duration.ZERO, Duration.ofSeconds(5));
    assertGone(pid);
    assertThat(run(command("echo", "next")).stdout()).isEqualTo("next\n");
  }

  @Test
  @DisplayName("F15 an aborted fan-out leaves no process, though its client is closed at once")
  void anAbortedFanOutLeavesNoProcess() throws Exception {
    Path pid = temp.resolve("pid");
    Command command = script("echo $$ >\"$1\"; sleep 100", pid.toString());
    Thread thread =
        new Thread(
            () -> {
              try (SshClient own = client) {
                FanOut.map(List.of(target.host()), 1, host -> own.run(host, command));
              } catch (CancelledException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.start();
    waitFor(pid);
    thread.interrupt();
    thread.join();
    assertGone(pid);
  }

  /** The client over the network still calls it again: for each line, as it did so far. */
  @Override
  public CommandResult run(Command command) {
    return client.run(target.host(), command);
  }
}

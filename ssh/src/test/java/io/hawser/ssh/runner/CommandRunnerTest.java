package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.SshException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The runner on real shells of this machine. */
@Timeout(60)
class CommandRunnerTest extends LocalCommands {
  @Test
  @DisplayName("C1 output and exit status are those of the command")
  void outputAndExitStatusAreThoseOfTheCommand() {
    CommandResult result = run(script("echo out; echo err >&2; exit 7"));

    assertThat(result.exit()).isEqualTo(new Exit.Exited(7));
    assertThat(result.stdout()).isEqualTo("out\n");
    assertThat(result.stderr()).isEqualTo("err\n");
    assertThat(result.host()).isEqualTo("10.0.0.1");
    assertThat(result.command()).isEqualTo("test");
    assertThat(result.took()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));
    assertThat(channels.channel(0).wasClosed()).isTrue();
  }

  @Test
  @DisplayName("C1 a signal and a lost link are told apart from an exit status")
  void aSignalAndALostLinkAreToldApart() throws Exception {
    assertThat(run(script("kill -KILL $$")).exit()).isEqualTo(new Exit.Signalled("KILL"));

    // The output and not a file on the host tells when to cut: what was read before the cut is
    // kept.
    CommandResult result =
        runner.run(script("echo 1; sleep 50"), (line, error) -> channels.channel(1).cut());
    assertThat(result.exit())
        .isEqualTo(new Exit.Lost("the link ended before the command's exit status came"));
    assertThat(result.stdout()).isEqualTo("1\n");
    assertThat(channels.count()).as("no command that ends it: the link is lost").isEqualTo(2);
  }

  @Test
  @DisplayName("C3 bytes are kept as they are")
  void bytesAreKeptAsTheyAre() {
    CommandResult result = run(script("printf 'a\\000\\377\\r\\n'; printf '\\001' >&2"));
    assertThat(result.stdoutBytes()).containsExactly('a', 0, 0xff, '\r', '\n');
    assertThat(result.stderrBytes()).containsExactly(1);
  }

  @Test
  @DisplayName("C4 the limit ends the whole session, a child of an own group too")
  void theLimitEndsTheWholeSession() throws Exception {
    Path pids = temp.resolve("pids");
    Command command =
        script("sleep 61 & echo $! >\"$1\"; echo $$ >>\"$1\"; set -m; sleep 62", pids.toString());
    CommandResult result = run(command.withTimeout(Duration.ofSeconds(1)));

    assertThat(result.exit()).isEqualTo(new Exit.TimedOut("1 s"));
    assertThat(result.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    for (String pid : Files.readAllLines(pids)) {
      awaitGone(pid);
    }
    assertThat(channels.channel(0).awaitExit()).isTrue();
  }

  @Test
  @DisplayName("C4 a command that prints nothing for too long is ended, one that prints is not")
  void theIdleLimitCountsFromTheLastOutput() {
    Duration idle = Duration.ofMillis(1500);
    CommandResult silent = run(script("echo a; sleep 30").withIdleTimeout(idle));
    assertThat(silent.exit()).isEqualTo(new Exit.TimedOut("no output for 1.5 s"));
    assertThat(silent.stdout()).isEqualTo("a\n");
    assertThat(silent.took()).isBetween(idle, Duration.ofSeconds(15));

    String talks = "for i in 1 2 3 4; do sleep 0.6; echo $i >&2; done";
    assertThat(run(script(talks).withIdleTimeout(idle)).exitCode()).isZero();
  }

  @Test
  @DisplayName("C5 a daemon that holds the streams does not hold the call, even at the limit")
  void aDaemonDoesNotHoldTheCall() throws Exception {
    CommandResult result =
        run(script("sleep 40 & echo $!; exit 3").withTimeout(Duration.ofMillis(1900)));
    assertThat(result.exit()).isEqualTo(new Exit.Exited(3));
    assertThat(result.took()).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(10));
    assertThat(ProcessHandle.of(Long.parseLong(result.stdout().strip()))).isPresent();
  }

  @Test
  @DisplayName("C6 without input the end is read, with input the input")
  void withoutInputTheEndIsRead() {
    assertThat(run(script("cat; echo end")).stdout()).isEqualTo("end\n");
    assertThat(run(script("cat").withInput("a\nb")).stdout()).isEqualTo("a\nb");
    assertThat(run(Command.of("cat").asLoginUser().withInput("")).stdout()).isEmpty();
  }

  @Test
  @DisplayName("D9 a source that fails is thrown and the command is ended")
  void aSourceThatFailsIsThrown() throws Exception {
    Path pid = temp.resolve("pid");
    Command command =
        script("echo $$ >\"$1\"; cat >/dev/null; sleep 30", pid.toString())
            .withInput(
                stream -> {
                  awaitFile(pid);
                  throw new IOException("torn");
                });
    assertThatThrownBy(() -> run(command))
        .hasMessage(
            "10.0.0.1: the input of \"test " + pid + "\" could not be read; it was told to end")
        .hasRootCauseMessage("torn");
    awaitGone(Files.readString(pid).strip());
  }

  @Test
  @DisplayName("C14 C15 directory, environment and locale")
  void directoryEnvironmentAndLocale() {
    assertThat(run(script("pwd").withDirectory(temp.toString())).stdout()).isEqualTo(temp + "\n");
    CommandResult none = run(script("echo ran").withDirectory(temp + "/none"));
    assertThat(none.exit()).isEqualTo(new Exit.Exited(126));
    assertThat(none.stdout()).isEmpty();
    channels.environment.put("LC_ALL", "C.UTF-8");
    assertThat(run(script("echo $LC_ALL; umask")).stdout()).isEqualTo("C\n0022\n");
    assertThat(run(script("echo $LC_ALL").withEnv(Map.of("LC_ALL", "POSIX"))).stdout())
        .isEqualTo("POSIX\n");
  }

  @Test
  @DisplayName("C11 what rc files print before is noise, and does not reach the listener")
  void whatRcFilesPrintIsNoise() throws Exception {
    Path shell =
        Files.writeString(
            temp.resolve("noisy"),
            "#!/bin/sh\necho welcome; echo warned >&2; printf 'no end'; exec /bin/sh \"$@\"\n");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    channels.shell(shell.toString());
    List<String> lines = new ArrayList<>();
    CommandResult result =
        runner.run(script("echo a; echo b >&2"), (line, error) -> lines.add(line + error));
    assertThat(result.stdout()).isEqualTo("a\n");
    assertThat(result.stderr()).isEqualTo("b\n");
    assertThat(lines).containsExactlyInAnyOrder("afalse", "btrue");
  }

  @Test
  @DisplayName("C12 a login shell that ends at once is an error that shows its words")
  void aLoginShellThatEndsAtOnceIsAnError() throws Exception {
    Path shell =
        Files.writeString(temp.resolve("nologin"), "#!/bin/sh\necho not available\nexit 1\n");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    channels.shell(shell.toString());
    assertThatThrownBy(() -> run(script("echo ran")))
        .isInstanceOfSatisfying(
            SshException.class, e -> assertThat(e.reason()).isEqualTo(SshException.Reason.LINK))
        .hasMessage(
            "10.0.0.1: the login shell ended (status 1) before the command could start; it printed:"
                + " not available. Hawser needs a login shell that can run /bin/sh");
    assertThat(channels.count()).as("nothing to end").isEqualTo(1);
  }

  @Test
  @DisplayName("F16 a listener that blocks delays neither the limit nor its own call's result")
  void aListenerThatBlocksDelaysNoLimit() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    List<String> lines = new ArrayList<>();
    Path pid = temp.resolve("pid");
    Thread opener =
        new Thread(
            () -> {
              awaitFile(pid);
              awaitGone(readString(pid).strip());
              gate.countDown();
            });
    opener.start();
    CommandResult result =
        runner.run(
            script("echo one; echo $$ >\"$1\"; sleep 67", pid.toString())
                .withTimeout(Duration.ofSeconds(1)),
            (line, error) -> {
              awaitQuietly(gate);
              lines.add(line);
            });
    assertThat(result.exit()).isEqualTo(new Exit.TimedOut("1 s"));
    assertThat(lines).containsExactly("one");
  }

  private static void awaitFile(Path file) {
    try {
      for (int i = 0; i < 2000 && !(Files.exists(file)); i++) {
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String readString(Path file) {
    try {
      for (int i = 0; i < 100 && Files.size(file) == 0; i++) {
        Thread.sleep(10);
      }
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

package io.hawser.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.Script;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client promises of commands, whatever server is at the other end. */
@Timeout(120)
abstract class SshContract {
  @SuppressWarnings("OrphanedFormatString") // the shell's printf
  private static final String PRINTF = "printf '%s\\0'";

  @TempDir Path temp;
  SshTarget target;
  SshClient client;
  Path knownHosts;

  abstract SshTarget startTarget() throws Exception;

  @BeforeEach
  void start() throws Exception {
    target = startTarget();
    knownHosts = Files.writeString(temp.resolve("known_hosts"), target.knownHostsLine() + "\n");
    client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(knownHosts)).build();
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (target != null) {
      target.close();
    }
  }

  @Test
  @DisplayName("C1 every exit status arrives")
  void everyExitStatusArrives() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Exit>> exits = new ArrayList<>();
      for (int code = 0; code < 256; code++) {
        Command command = script("exit $1", String.valueOf(code));
        exits.add(pool.submit(() -> client.run(target.host(), command).exit()));
      }
      for (int code = 0; code < 256; code++) {
        assertThat(exits.get(code).get()).isEqualTo(new Exit.Exited(code));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("C1 death by a signal is named")
  void deathByASignalIsNamed() {
    assertThat(run(script("kill -9 $$")).exit()).isEqualTo(new Exit.Signalled("KILL"));
    assertThat(run(script("kill -TERM $$")).exit()).isEqualTo(new Exit.Signalled("TERM"));
    assertThat(run(script("sh -c 'kill -9 $$'; exit $?")).exit()).isEqualTo(new Exit.Exited(137));
  }

  @Test
  @DisplayName("C1 F2 a link lost in the middle is a lost outcome")
  void aLinkLostInTheMiddleIsALostOutcome() {
    AtomicLong told = new AtomicLong();
    CommandResult result =
        client.run(
            target.host(),
            script("echo up; sleep 60"),
            (line, error) -> {
              if (told.getAndIncrement() == 0) {
                new Thread(target::stop).start();
              }
            });
    assertThat(result.exit()).isInstanceOf(Exit.Lost.class);
    assertThat(result.exitCode()).isEqualTo(-1);
    assertThat(result.stdout()).isEqualTo("up\n");
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
  @DisplayName("C3 bytes that are no text become replacement characters")
  void bytesThatAreNoTextBecomeReplacementCharacters() {
    assertThat(run(script("printf 'a\\377b'")).stdout()).isEqualTo("a\ufffdb");
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
  @DisplayName("C6 a command that ends before its input does keeps its exit status")
  void aCommandThatEndsBeforeItsInputKeepsItsExitStatus() {
    byte[] block = new byte[1 << 16];
    Command command =
        script("exit 5")
            .withInput(
                stream -> {
                  for (int i = 0; i < 1000; i++) {
                    stream.write(block);
                  }
                });
    assertThat(run(command).exit()).isEqualTo(new Exit.Exited(5));
  }

  @Test
  @DisplayName("D9 a source of input that fails is thrown, and the command is ended")
  void aSourceOfInputThatFailsIsThrown() throws Exception {
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
  @DisplayName("C14 nothing runs when the directory cannot be entered")
  void nothingRunsWhenTheDirectoryCannotBeEntered() {
    CommandResult result = run(script("echo ran").withDirectory(temp + "/no such"));

    assertThat(result.exit()).isEqualTo(new Exit.Exited(126));
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).contains("no such");
    assertThat(run(command("pwd").withDirectory(temp.toString())).lines())
        .containsExactly(temp.toString());
  }

  @Test
  @DisplayName("C15 values of the environment arrive byte for byte")
  void valuesOfTheEnvironmentArriveByteForByte() {
    Map<String, String> env = new LinkedHashMap<>();
    StringBuilder print = new StringBuilder(PRINTF);
    for (String value : Nasty.TEXTS) {
      print.append(" \"$V").append(env.size()).append('"');
      env.put("V" + env.size(), value);
    }
    CommandResult result = run(script(print.toString()).withEnv(env).withCapture(1 << 22));

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout().split("\0", -1)).startsWith(env.values().toArray(String[]::new));
    assertThat(run(command("printenv", "V3").withEnv(env)).stdout())
        .isEqualTo(Nasty.TEXTS.get(3) + "\n");
  }

  @Test
  @DisplayName("C16 C17 arguments arrive byte for byte and are never commands")
  void argumentsArriveByteForByte() {
    Random random = new Random(20260101);
    List<String> words = new ArrayList<>(List.of("printf", "%s\\0"));
    Nasty.TEXTS.stream().filter(text -> text.length() < 5_000).forEach(words::add);
    for (int i = 0; i < 300; i++) {
      words.add(Nasty.random(random));
    }
    CommandResult result = run(Command.of(words).asLoginUser());

    assertThat(result.stdout().split("\0", -1))
        .startsWith(words.subList(2, words.size()).toArray(String[]::new));
    Command same = script(PRINTF + " \"$@\"", words.toArray(String[]::new));
    assertThat(run(same).stdout().split("\0", -1)).startsWith(words.toArray(String[]::new));
  }

  @Test
  @DisplayName("C16 a script's text arrives as it is, and never in an argument list")
  void aScriptsTextArrivesAsItIs() {
    String text =
        """
        #!/bin/sh
        # it's a "test" with \\ and $ and `
        cat <<'END'
        $HOME `x` \\n 'q'
        END
        case "$1" in a*) echo "${1#a}" ;; esac
        tr '\\0' ' ' </proc/$$/cmdline | grep -c 'it.s a' || :
        """;
    assertThat(run(script(text, "abc d")).stdout()).isEqualTo("$HOME `x` \\n 'q'\nbc d\n0\n");
  }

  @Test
  @DisplayName("C6 exit status 127 and the shell's words tell of a missing program")
  void aMissingProgramIsExitStatus127() {
    CommandResult result = run(command("no-such-program"));
    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.stderr()).contains("no-such-program");
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
  @DisplayName("N1 a refused connection is typed and quick")
  void aRefusedConnectionIsTypedAndQuick() {
    target.stop();
    long start = System.nanoTime();
    SshException failure = fail(client, target.host());

    assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
    assertThat(failure).hasMessageContaining("port " + target.host().ssh().port());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("N5 N6 a key that is not accepted is a refused login")
  void aKeyThatIsNotAcceptedIsARefusedLogin() {
    SshAccess access = target.host().ssh().toBuilder().keyData(new TestKey().privateText()).build();
    SshException failure = fail(client, target.host().toBuilder().ssh(access).build());

    assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION);
    assertThat(failure).hasMessageContaining("user " + access.user() + " was refused");
  }

  @Test
  @DisplayName("N12 an unknown host key is refused with its fingerprint, or learned when told")
  void anUnknownHostKeyIsRefusedOrLearned() throws Exception {
    Path empty = temp.resolve("new folder/known");
    try (SshClient strict = SshClients.jsch().hostKeys(HostKeyPolicy.strict(empty)).build()) {
      SshException failure = fail(strict, target.host());
      assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST_KEY);
      assertThat(failure).hasMessageContaining("SHA256:").hasMessageContaining("ssh-keyscan -p");
    }
    for (int round = 0; round < 2; round++) {
      try (SshClient learns = SshClients.jsch().hostKeys(HostKeyPolicy.acceptNew(empty)).build()) {
        learns.run(target.host(), command("true")).orThrow();
      }
    }
    assertThat(Files.readAllLines(empty)).hasSize(1);
    assertThat(Files.readString(empty)).startsWith("[" + target.host().address() + "]:");
    assertThat(Files.getPosixFilePermissions(empty)).hasSize(2);
    try (SshClient strict = SshClients.jsch().hostKeys(HostKeyPolicy.strict(empty)).build()) {
      strict.run(target.host(), command("true")).orThrow();
    }
  }

  @Test
  @DisplayName("N13 a changed host key is refused by every policy and never replaced")
  void aChangedHostKeyIsRefusedByEveryPolicy() throws Exception {
    String name = target.knownHostsLine().replaceFirst(" .*", "");
    String other = name + " " + new TestKey().publicLine() + "\n";
    Path file = Files.writeString(temp.resolve("other"), other, UTF_8);
    for (HostKeyPolicy policy :
        List.of(HostKeyPolicy.strict(file), HostKeyPolicy.acceptNew(file))) {
      try (SshClient careful = SshClients.jsch().hostKeys(policy).build()) {
        SshException failure = fail(careful, target.host());
        assertThat(failure.reason()).isEqualTo(Reason.CHANGED_HOST_KEY);
        assertThat(failure).hasMessageContaining("SHA256:").hasMessageContaining("ssh-keygen -f");
      }
    }
    assertThat(file).hasContent(other);
  }

  static Command command(String program, String... arguments) {
    return Command.of(program, arguments).asLoginUser();
  }

  static Command script(String text, String... arguments) {
    return Command.script(Script.of("test", text), arguments).asLoginUser();
  }

  CommandResult run(Command command) {
    return client.run(target.host(), command);
  }

  static SshException fail(SshClient client, Host host) {
    SshException failure =
        catchThrowableOfType(SshException.class, () -> client.run(host, command("true")));
    assertThat(failure).as("a failure to connect").isNotNull();
    assertThat(failure).hasMessageStartingWith(host.address() + ": ");
    return failure;
  }

  static void waitFor(Path file) throws IOException {
    for (int i = 0; i < 1000; i++) {
      if (Files.exists(file) && Files.size(file) > 0) {
        return;
      }
      pause();
    }
    throw new AssertionError(file + " does not appear");
  }

  /** No process of the group is left within ten seconds. */
  static void assertGone(Path pidFile) throws Exception {
    String group = Files.readString(pidFile).strip();
    for (int i = 0; i < 1000; i++) {
      Process probe = new ProcessBuilder("/bin/sh", "-c", "kill -0 -" + group).start();
      if (probe.waitFor() != 0) {
        return;
      }
      pause();
    }
    throw new AssertionError("process group " + group + " still runs");
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

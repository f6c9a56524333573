package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.fail;
import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandException;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.Exit;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.mock.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises of how commands end, and of what it says then. */
interface SshExitContract extends HasSubject {
  @Test
  @DisplayName("C1 every exit status arrives")
  default void everyExitStatusArrives() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<Exit>> exits = new ArrayList<>();
      for (int code = 0; code < 256; code++) {
        Command command = script("exit $1", String.valueOf(code));
        subject().does(command, Answer.exited(code, "", ""));
        exits.add(pool.submit(() -> run(command).exit()));
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
  default void deathByASignalIsNamed() {
    Command killed = script("kill -9 $$");
    subject().does(killed, Answer.signalled("KILL"));
    assertThat(run(killed).exit()).isEqualTo(new Exit.Signalled("KILL"));
    assertThatThrownBy(() -> run(killed).orThrow())
        .hasMessage(subject().host().address() + ": \"test\" was ended by signal KILL");

    Command ended = script("kill -TERM $$");
    subject().does(ended, Answer.signalled("TERM"));
    assertThat(run(ended).exit()).isEqualTo(new Exit.Signalled("TERM"));
    assertThat(run(ended).exitCode()).isEqualTo(-1);

    Command child = script("sh -c 'kill -9 $$'; exit $?");
    subject().does(child, Answer.exited(137, "", ""));
    assertThat(run(child).exit()).isEqualTo(new Exit.Exited(137));
  }

  @Test
  @DisplayName("C1 F2 a link lost in the middle is a lost outcome, and the host is gone after it")
  default void aLinkLostInTheMiddleIsALostOutcome() {
    Command command = script("echo up; sleep 60");
    subject().does(command, Answer.lost("up\n"));
    AtomicReference<CompletableFuture<Void>> stop = new AtomicReference<>();
    CommandResult result =
        subject()
            .client()
            .run(
                subject().host(),
                command,
                (line, error) -> stop.set(CompletableFuture.runAsync(subject()::stop)));

    assertThat(result.exit())
        .isInstanceOfSatisfying(
            Exit.Lost.class, lost -> assertThat(lost.cause()).contains("the link"));
    assertThat(result.exitCode()).isEqualTo(-1);
    assertThat(result.succeeded()).isFalse();
    assertThat(result.stdout()).isEqualTo("up\n");
    assertThatThrownBy(result::orThrow)
        .hasMessageStartingWith(subject().host().address() + ": \"test\" lost its link")
        .hasMessageContaining("its outcome is unknown");
    stop.get().join();
    assertThat(fail(subject().client(), subject().host()).reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  @DisplayName("C4 a command that runs too long is ended at its limit, which is named")
  default void aCommandThatRunsTooLongIsEndedAtItsLimit() {
    Command hangs = script("sleep 60");
    subject().takes(hangs, Duration.ofMinutes(1));
    CommandResult result = run(hangs.withTimeout(Duration.ofSeconds(1)));
    CommandResult shorter = run(hangs.withTimeout(Duration.ofMillis(500)));

    assertThat(result.exit()).isEqualTo(new Exit.TimedOut("1 s"));
    assertThat(result.took()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
    assertThat(result.exitCode()).isEqualTo(-1);
    assertThatThrownBy(result::orThrow)
        .hasMessage(subject().host().address() + ": \"test\" ran into its limit: 1 s");
    assertThat(shorter.exit()).isEqualTo(new Exit.TimedOut("0.5 s"));
  }

  @Test
  @DisplayName("C6 exit status 127 and the shell's words tell of a missing program")
  default void aMissingProgramIsExitStatus127() {
    Command missing = command("no-such-program");
    subject().does(missing, Answer.exited(127, "", "sh: no-such-program: not found\n"));
    CommandResult result = run(missing);

    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.stderr()).contains("no-such-program");
  }

  @Test
  @DisplayName("C14 nothing runs when the directory cannot be entered")
  default void nothingRunsWhenTheDirectoryCannotBeEntered() {
    Command command = script("echo ran");
    subject().does(command, Answer.exited(0, "ran\n", ""));
    CommandResult result = run(command.withDirectory("/etc/no such"));

    assertThat(result.exit()).isEqualTo(new Exit.Exited(126));
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).contains("cd").contains("/etc/no such");
    assertThat(run(command.withDirectory("/etc")).stdout()).isEqualTo("ran\n");
  }

  @Test
  @DisplayName("C1 a result tells host, command, output and time; its failure tells them too")
  default void aResultTellsHostCommandAndOutput() {
    Command command = script("echo \"$1\"; echo; echo 'oops 1' >&2; echo >&2; exit 3", "a 'b'");
    subject().does(command, Answer.exited(3, "a 'b'\n\n", "oops 1\n\n"));
    CommandResult result = run(command);

    assertThat(result.host()).isEqualTo(subject().host().address());
    assertThat(result.command()).isEqualTo("test 'a '\\''b'\\'''");
    assertThat(result.lines()).containsExactly("a 'b'", "");
    assertThat(result.stderr()).isEqualTo("oops 1\n\n");
    assertThat(result.took()).isBetween(Duration.ZERO, Duration.ofSeconds(60));
    assertThat(result.succeeded()).isFalse();
    assertThatThrownBy(result::orThrow)
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> {
              assertThat(e.host()).isEqualTo(subject().host().address());
              assertThat(e.result()).isEqualTo(result);
            })
        .hasMessage(subject().host().address() + ": \"test 'a '\\''b'\\'''\" exited 3: oops 1");
  }

  @Test
  @DisplayName("C1 a failure without words on stderr ends with the last lines of stdout")
  default void aFailureEndsWithTheLastLines() {
    Command command = script("for i in 1 2 3 4 5 6 7; do echo $i; done; exit 1");
    subject().does(command, Answer.exited(1, "1\n2\n3\n4\n5\n6\n7\n", ""));

    assertThatThrownBy(() -> run(command).orThrow())
        .hasMessageEndingWith("\"test\" exited 1: 3 | 4 | 5 | 6 | 7");
  }
}

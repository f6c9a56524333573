package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.CancelledException;
import io.hawser.fanout.FanOut;
import io.hawser.ssh.Command;
import io.hawser.ssh.Exit;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises of being called: threads, interrupts, input, and its own end. */
interface SshCallContract extends HasSubject {
  @Test
  @DisplayName("F15 a thread that was interrupted before runs nothing and keeps its flag")
  default void aThreadThatWasInterruptedRunsNothing() {
    Command command = command("echo", "x");
    subject().does(command, Answer.exited(0, "x\n", ""));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> run(command))
          .isInstanceOf(CancelledException.class)
          .hasMessageStartingWith(subject().host().address() + ": interrupted")
          .hasMessageContaining("\"echo x\"");
    } finally {
      assertThat(Thread.interrupted()).as("the flag").isTrue();
    }
    assertThat(run(command).stdout()).isEqualTo("x\n");
  }

  @Test
  @DisplayName("F15 a thread that is interrupted meanwhile is told so and keeps its flag")
  default void aThreadThatIsInterruptedMeanwhileKeepsItsFlag() {
    Command command = script("echo up; sleep 60");
    subject().does(command, Answer.exited(0, "up\n", ""));
    Thread caller = Thread.currentThread();
    try {
      assertThatThrownBy(
              () ->
                  subject()
                      .client()
                      .run(subject().host(), command, (line, isError) -> caller.interrupt()))
          .isInstanceOf(CancelledException.class)
          .hasMessageStartingWith(subject().host().address() + ": interrupted")
          .hasMessageContaining("\"test\"");
    } finally {
      assertThat(Thread.interrupted()).as("the flag").isTrue();
    }
    Command next = command("echo", "next");
    subject().does(next, Answer.exited(0, "next\n", ""));
    assertThat(run(next).stdout()).isEqualTo("next\n");
  }

  @Test
  @DisplayName("F16 a closed client runs nothing, and may be closed again")
  default void aClosedClientRunsNothing() {
    Command command = command("true");
    subject().does(command, Answer.NOTHING);
    SshClient client = subject().client();
    client.run(subject().host(), command).orThrow();
    client.close();
    client.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> client.run(subject().host(), command))
        .withMessage("the SSH client is closed");
    assertThatIllegalStateException()
        .isThrownBy(() -> client.run(subject().host(), command, (line, isError) -> {}));
  }

  @Test
  @DisplayName("N9 many threads may use one host, and each gets its own command's result")
  default void manyThreadsMayUseOneHost() {
    List<Integer> numbers = IntStream.range(0, 60).boxed().toList();
    for (int number : numbers) {
      subject().does(numbered(number), Answer.exited(number, number + "\n", ""));
    }
    FanOut.map(
            numbers,
            12,
            number -> {
              StringBuilder heard = new StringBuilder();
              var result =
                  subject()
                      .client()
                      .run(subject().host(), numbered(number), (line, err) -> heard.append(line));
              assertThat(result.exitCode()).isEqualTo(number);
              assertThat(result.stdout()).isEqualTo(number + "\n");
              return heard.toString();
            })
        .forEach(line -> assertThat(numbers).contains(Integer.valueOf(line)));
  }

  private static Command numbered(int number) {
    return script("echo $1; exit $1", String.valueOf(number));
  }

  @Test
  @DisplayName("C6 a command that ends before its input does keeps its exit status")
  default void aCommandThatEndsBeforeItsInputKeepsItsExitStatus() {
    byte[] block = new byte[1 << 16];
    Command command = script("exit 5");
    subject().does(command, Answer.exited(5, "", ""));
    Command fed =
        command.withInput(
            stream -> {
              for (int i = 0; i < 1000; i++) {
                stream.write(block);
              }
            });
    assertThat(run(fed).exit()).isEqualTo(new Exit.Exited(5));
  }

  @Test
  @DisplayName("D9 a source of input that fails is thrown, with its cause")
  default void aSourceOfInputThatFailsIsThrown() {
    Command command = script("cat >/dev/null; echo done; sleep 30");
    subject().does(command, Answer.exited(0, "done\n", ""));
    Command fed =
        command.withInput(
            stream -> {
              stream.write(new byte[100_000]);
              throw new IOException("gone");
            });
    assertThatThrownBy(() -> run(fed))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith(subject().host().address() + ": the input of \"test\" could not")
        .hasRootCauseMessage("gone");
  }

  @Test
  @DisplayName("C15 C16 a NUL in an argument, a value or a directory is refused before any host")
  default void aNulIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(command("echo", "a\0b")))
        .withMessageContaining("NUL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(command("env").withEnv(Map.of("KEY", "a\0b"))))
        .withMessageContaining("KEY")
        .withMessageContaining("NUL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(command("pwd").withDirectory("/a\0b")))
        .withMessageContaining("NUL");
  }
}

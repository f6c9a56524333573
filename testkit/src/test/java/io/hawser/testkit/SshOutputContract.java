package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import io.hawser.ssh.OutputListener;
import io.hawser.ssh.mock.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises of what commands print. */
interface SshOutputContract extends HasSubject {
  private Command prints(String out, String err) {
    Command command = script("printf %s \"$1\"; printf %s \"$2\" >&2", out, err);
    subject().does(command, Answer.exited(0, out, err));
    return command;
  }

  private CommandResult run(Command command, OutputListener listener) {
    return subject().client().run(subject().host(), command, listener);
  }

  /** The lines of one stream. */
  private List<String> heard(Command command, boolean ofStderr) {
    List<String> lines = new ArrayList<>();
    run(
        command,
        (line, isError) -> {
          if (isError == ofStderr) {
            lines.add(line);
          }
        });
    return lines;
  }

  @Test
  @DisplayName("C3 stdout and stderr stay apart, to the byte")
  default void stdoutAndStderrStayApart() {
    CommandResult result = run(prints("out \u00e4\r\n\tb", "\n err\n"));

    assertThat(result.stdout()).isEqualTo("out \u00e4\r\n\tb");
    assertThat(result.stderr()).isEqualTo("\n err\n");
    assertThat(run(prints("", "")).stdout()).isEmpty();
  }

  @Test
  @DisplayName("C3 a listener hears each stream's lines in order, without their ends")
  default void aListenerHearsEachStreamsLinesInOrder() {
    Command command = prints("one\n\n  two \r\na\rb\nlast", "bad\n\u00e4\n");

    assertThat(heard(command, false)).containsExactly("one", "", "  two ", "a\rb", "last");
    assertThat(heard(command, true)).containsExactly("bad", "\u00e4");
    assertThat(heard(prints("", ""), false)).isEmpty();
  }

  @Test
  @DisplayName("C2 lines longer than 64 KiB come in pieces")
  default void linesLongerThan64KibComeInPieces() {
    String line = "x".repeat(2 * 65_536 + 10);
    String longest = "y".repeat(65_536);

    assertThat(heard(prints(line + "\n" + longest + "\nz", ""), false))
        .containsExactly("x".repeat(65_536), "x".repeat(65_536), "x".repeat(10), longest, "z");
  }

  @Test
  @DisplayName("C3 bytes that are no text become replacement characters")
  default void bytesThatAreNoTextBecomeReplacementCharacters() {
    Command command = script("printf 'a\\377b'");
    subject().does(command, Answer.exited(0, "a\ufffdb", ""));

    assertThat(run(command).stdout()).isEqualTo("a\ufffdb");
    assertThat(heard(command, false)).containsExactly("a\ufffdb");
  }

  @Test
  @DisplayName("C2 of much output head and tail are kept, and what is missing is said")
  default void headAndTailOfMuchOutputAreKept() {
    String text = "0123456789".repeat(25);
    Command command = prints(text, "short");
    List<String> all = new ArrayList<>();
    CommandResult result =
        run(command.withCapture(101), (line, isError) -> all.add(isError ? "" : line));

    assertThat(result.stdout())
        .isEqualTo(
            text.substring(0, 51)
                + "\n[Hawser: 149 bytes left out here]\n"
                + text.substring(text.length() - 50));
    assertThat(result.stderr()).isEqualTo("short");
    assertThat(all).containsExactlyInAnyOrder(text, "");
    assertThat(run(command.withCapture(250)).stdout()).isEqualTo(text);
    assertThat(run(command.withCapture(0)).stdout())
        .isEqualTo("\n[Hawser: 250 bytes left out here]\n");
  }

  @Test
  @DisplayName("C2 C3 a character that the cut goes through becomes a replacement character")
  default void aCharacterThatTheCutGoesThroughIsReplaced() {
    Command command = prints("\u00e4".repeat(100), "");

    assertThat(run(command.withCapture(51)).stdout())
        .isEqualTo(
            "\u00e4".repeat(13)
                + "\n[Hawser: 149 bytes left out here]\n\ufffd"
                + "\u00e4".repeat(12));
  }

  @Test
  @DisplayName("F16 a listener that throws hears the next line, and the command goes on")
  default void aListenerThatThrowsHearsTheNextLine() {
    for (Throwable failure : List.of(new IllegalStateException("mine"), new AssertionError())) {
      AtomicInteger calls = new AtomicInteger();
      CommandResult result =
          run(prints("one\ntwo\nthree\n", "bad\nworse\n"), throwing(failure, calls));

      assertThat(result.succeeded()).isTrue();
      assertThat(result.stdout()).isEqualTo("one\ntwo\nthree\n");
      assertThat(result.stderr()).isEqualTo("bad\nworse\n");
      assertThat(calls).hasValue(5);
    }
  }

  /** Listeners may throw what they like: Groovy's closures do. */
  static OutputListener throwing(Throwable failure, AtomicInteger calls) {
    return (line, isError) -> {
      calls.incrementAndGet();
      SshOutputContract.<RuntimeException>sneak(failure);
    };
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void sneak(Throwable failure) throws T {
    throw (T) failure;
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commands that are kept on a host as texts. */
class UndoScriptTest {
  @Test
  void aProgramIsKeptWithAllThatBelongsToIt() {
    Command command =
        Command.of("clean", "a b", "it's")
            .withEnv(Map.of("NAME", "v 1"))
            .withDirectory("/opt/the app")
            .withTimeout(Duration.ofSeconds(90))
            .asLoginUser();
    assertThat(UndoScript.of(command))
        .isEqualTo(
            """
            # hawser-undo 1 login 90
            {
            NAME='v 1'; export NAME
            cd -- '/opt/the app' || exit 126
            exec 'clean' 'a b' 'it'\\''s'
            }
            """);
  }

  @Test
  void aScriptIsKeptWithItsArguments() {
    Command command = Command.script(Script.of("clean.sh", "rm -r -- \"$1\"\n"), "/opt/a b");
    assertThat(UndoScript.of(command))
        .isEqualTo(
            """
            # hawser-undo 1 root 600
            {
            set -- '/opt/a b'
            eval 'rm -r -- "$1"
            '
            }
            """);
  }

  @Test
  void aCommandThatReadsInputCannotBeKept() {
    assertThatThrownBy(() -> UndoScript.of(Command.of("clean").withInput("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clean")
        .hasMessageContaining("reads input");
  }

  @Test
  void whatWasKeptRunsAsTheSameUserAndAsLong() {
    String text = UndoScript.of(Command.of("x").withTimeout(Duration.ofHours(2)).asLoginUser());
    Command login = UndoScript.command("undo of x", text);
    assertThat(login.asRoot()).isFalse();
    assertThat(login.timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(login).hasToString("undo of x");
    assertThat(login.script().orElseThrow().text()).isEqualTo(text);
    assertThat(UndoScript.command("u", UndoScript.of(Command.of("x"))).asRoot()).isTrue();
    Command foreign = UndoScript.command("u", "echo of an older Hawser\n# hawser-undo 1 login 9\n");
    assertThat(foreign.asRoot()).isTrue();
    assertThat(foreign.timeout()).isEqualTo(Command.DEFAULT_TIMEOUT);
  }

  @Test
  void theRootOfAHostIsGivenOnceAndOnlyWhereItIsAnother() {
    Command command = Command.of("x");
    assertThat(UndoScript.withRoot(command, "/")).isSameAs(command);
    Command below = UndoScript.withRoot(command, "/mnt");
    assertThat(below.env().get("HAWSER_ROOT").reveal()).isEqualTo("/mnt");
    assertThat(UndoScript.withRoot(below, "/other")).isSameAs(below);
  }
}

package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.Command;
import io.hawser.ssh.CommandResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a client promises of the bytes of arguments, environment and scripts. */
interface SshBytesContract {
  @SuppressWarnings("OrphanedFormatString") // the shell's printf
  String PRINTF = "printf '%s\\0'";

  CommandResult run(Command command);

  @Test
  @DisplayName("C15 values of the environment arrive byte for byte")
  default void valuesOfTheEnvironmentArriveByteForByte() {
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
  default void argumentsArriveByteForByte() {
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
  default void aScriptsTextArrivesAsItIs() {
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
  @DisplayName("C18 a script is no file that somebody could exchange before it runs")
  default void aScriptIsNoFile() {
    String text =
        "for f in /proc/$$/fd/*; do if [ -f \"$f\" ]; then readlink \"$f\"; fi; done;"
            + " tr '\\0' ' ' </proc/$$/cmdline";
    assertThat(run(script(text)).lines())
        .as("the files that its shell reads, none, and how the shell was called")
        .singleElement()
        .asString()
        .startsWith("/bin/sh -c ");
  }
}

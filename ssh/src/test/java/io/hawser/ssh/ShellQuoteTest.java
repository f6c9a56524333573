package io.hawser.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellQuoteTest {
  private static final String ALPHABET =
      "abc '\"\\$`!*?[](){}<>|&;~#=%^\n\t\r-/.\u0001\u00e4\u0401\u20ac\u0081";

  @TempDir Path temp;

  @ParameterizedTest(name = "C17 {0} gets back 2000 random argument lists as they were")
  @ValueSource(
      strings = {"/bin/sh", "/bin/dash", "/bin/bash", "/bin/busybox sh", "/bin/zsh", "/bin/ksh"})
  @SuppressWarnings("StringSplitter")
  void realShellsGetBackWhatWasQuoted(String shell) throws Exception {
    List<String> words = new ArrayList<>(List.of(shell.split(" ")));
    assumeTrue(Files.isExecutable(Path.of(words.get(0))), shell + " is not installed");
    Random random = new Random(17);
    StringBuilder script = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      List<String> vector = new ArrayList<>();
      for (int count = 1 + random.nextInt(5); count > 0; count--) {
        vector.add(random(random));
      }
      script.append("printf '%s\\0' ");
      script.append(vector.stream().map(ShellQuote::quote).collect(Collectors.joining(" ")));
      script.append("\nprintf '\\0'\n");
      vector.forEach(word -> expected.append(word).append('\0'));
      expected.append('\0');
    }
    words.add(Files.writeString(temp.resolve("script"), script).toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo(expected.toString());
  }

  @Test
  void plainWordsStayReadableForPeople() {
    assertThat(ShellQuote.forPeople("/etc/hosts")).isEqualTo("/etc/hosts");
    assertThat(ShellQuote.forPeople("a b")).isEqualTo("'a b'");
    assertThat(ShellQuote.forPeople("")).isEqualTo("''");
    assertThat(ShellQuote.forPeople("it's")).isEqualTo("'it'\\''s'");
  }

  private static String random(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(15); length > 0; length--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}

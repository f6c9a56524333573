package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random arguments and environments through real shells: 2,000 in every build, 100,000 by the
 * profile {@code long}. Each is the line that would travel, read and evaluated as on a host.
 */
class WireSweepTest {
  private static final int VECTORS = Boolean.getBoolean("hawser.long") ? 100_000 : 2_000;

  /** How many lines one shell gets; with its answers they fit into memory. */
  private static final int BATCH = 500;

  /** What the host's shell does with one line, again and again, each in a shell of its own. */
  private static final String LOOP =
      "IFS=; set -f; while read -r _hawser; do (eval $_hawser); printf '\\377\\000'; done";

  private static final Host HOST = Host.at("10.0.0.1").build();
  private static final String PRINT =
      "for w do printf '%s\\0' \"$w\"; done; printf '%s\\0' \"$A\" \"$B_1\"";

  static Stream<List<String>> shells() {
    return Stream.of(
        List.of("dash"),
        List.of("bash", "--posix"),
        List.of("busybox", "sh"),
        List.of("ksh"),
        List.of("zsh", "--emulate", "sh"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  @DisplayName("C15 C16 C17 random arguments and environments come back unchanged")
  void randomArgumentsAndEnvironmentsComeBackUnchanged(List<String> shell) throws Exception {
    assumeTrue(isInstalled(shell.get(0)), shell.get(0) + " is not installed");
    Random random = new Random(20261122);
    for (int done = 0; done < VECTORS; done += BATCH) {
      List<List<String>> sent = new ArrayList<>();
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int i = 0; i < BATCH; i++) {
        sent.add(vector(random, lines, i % 25 == 0));
      }
      check(shell, sent, run(shell, lines.toByteArray()));
    }
  }

  /** Adds the line of one command; says what it has to print. */
  private static List<String> vector(
      Random random, ByteArrayOutputStream lines, boolean asProgram) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      words.add(RandomText.of(random));
    }
    Map<String, String> env = new LinkedHashMap<>();
    env.put("A", RandomText.of(random));
    env.put("B_1", RandomText.of(random));
    List<String> expected = new ArrayList<>(words);
    expected.addAll(env.values());
    Command command;
    if (asProgram) {
      List<String> program = new ArrayList<>(List.of("/bin/sh", "-c", PRINT, "name"));
      program.addAll(words);
      command = Command.of(program);
    } else {
      command = Command.script(Script.of("print", PRINT), words.toArray(String[]::new));
    }
    lines.writeBytes(new WireCommand(HOST, command.withEnv(env)).prologue());
    return expected;
  }

  private static byte[] run(List<String> shell, byte[] input) throws Exception {
    List<String> words = new ArrayList<>(shell);
    words.addAll(List.of("-c", LOOP));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread writer =
        new Thread(
            () -> {
              try (var stdin = process.getOutputStream()) {
                stdin.write(input);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    writer.start();
    byte[] output = new DataInputStream(process.getInputStream()).readAllBytes();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private static void check(List<String> shell, List<List<String>> sent, byte[] output) {
    int at = 0;
    for (List<String> expected : sent) {
      for (String word : expected) {
        byte[] bytes = word.getBytes(UTF_8);
        int end = at + bytes.length;
        boolean same =
            end < output.length
                && output[end] == 0
                && Arrays.equals(output, at, end, bytes, 0, bytes.length);
        assertThat(same).as(() -> shell + " changed <" + word + "> of " + expected).isTrue();
        at = end + 1;
      }
      assertThat(output[at]).as("the end of " + expected).isEqualTo((byte) 0xff);
      at += 2;
    }
    assertThat(at).isEqualTo(output.length);
  }

  private static boolean isInstalled(String program) {
    return Stream.of("/bin/", "/usr/bin/")
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The parts of the agent fit together. That each verb runs with just its parts is in all tests of
 * this package, which send nothing else; here are the branches that they do not reach.
 */
class AgentScriptTest {
  private static final Path FOLDER = Path.of("src/main/resources/io/hawser/host/agent");
  private static final Pattern DEFINED = Pattern.compile("(?m)^([a-z0-9_]+)\\(\\) [{(]");
  // Where a shell expects the name of a command.
  private static final Pattern CALLED =
      Pattern.compile(
          "(?:^\\s*|[;&|(!{]\\s*|\\b(?:then|do|else|if|elif|while|try)\\s+|\\)\\s+)"
              + "([a-z][a-z0-9_]*)(?![\\w=])",
          Pattern.MULTILINE);

  static Set<String> verbs() {
    return AgentScript.PARTS.keySet();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyFunctionThatAVerbMayCallIsSentWithIt(String verb) throws IOException {
    Set<String> all = new TreeSet<>();
    for (Path file : files()) {
      all.addAll(found(DEFINED, Files.readString(file)));
    }
    String text = AgentScript.of(verb).text();
    Set<String> called = found(CALLED, text);
    called.retainAll(all);
    called.add("do_" + verb.replace('-', '_'));
    if (verb.equals("apply")) {
      called.addAll(List.of("apply_dir", "apply_file", "apply_swap", "apply_link", "apply_unit"));
    }
    if (verb.equals("undo")) {
      called.addAll(
          List.of("undo_dir", "undo_file", "undo_block", "undo_link", "undo_unit", "undo_tree"));
    }
    // The last part names the one function whose name is no verb; other verbs do not come there.
    called.removeIf(name -> name.equals("do_undo_script") && !verb.equals("undo-script"));
    assertThat(found(DEFINED, text)).containsAll(called);
  }

  @Test
  void everyPartIsSentWithSomeVerbInTheSameOrderEverywhere() throws IOException {
    Set<String> sent = new TreeSet<>(AgentScript.PARTS.values());
    assertThat(files())
        .extracting(file -> file.getFileName().toString().replaceFirst("\\.sh$", ""))
        .containsExactlyInAnyOrderElementsOf(sent);
    List<String> order =
        List.of("base", "digests", "journal", "parents", "check", "before", "undo", "main");
    for (String verb : verbs()) {
      List<String> parts = new ArrayList<>(AgentScript.PARTS.get(verb));
      parts.retainAll(order);
      assertThat(parts).isSubsetOf(order).isSortedAccordingTo(Comparator.comparing(order::indexOf));
    }
  }

  @Test
  void noPartIsLongAndEachSaysWhatItTakesFromOthers() throws IOException {
    for (Path file : files()) {
      List<String> lines = Files.readAllLines(file);
      assertThat(lines).as("%s", file).hasSizeLessThan(300).first().asString().startsWith("# ");
      if (!file.endsWith("base.sh")) {
        assertThat(lines).as("%s", file).anyMatch(line -> line.startsWith("# From base.sh: "));
      }
    }
  }

  @Test
  void everyPartPassesShellcheckByItself() throws Exception {
    assumeThat(
            Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "shellcheck"))))
        .isTrue();
    List<String> words = new ArrayList<>(List.of("shellcheck", "-s", "sh"));
    files().forEach(file -> words.add(file.toString()));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void aVerbThatTheAgentDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> AgentScript.of("dance"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dance");
  }
}

package io.hawser.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The commands of this repository that pages show call what is there: programs, modules, profiles,
 * tests and verbs. They build, measure and make hosts, so nobody runs them for the pages' sake.
 */
class RepositoryCommandsTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern PROGRAM =
      Pattern.compile("(?m)(?:^|; |^\\S+=\\S+ )((?:\\./|lab/|\\.ci/|examples/)\\S+)([^;#\\n]*)");
  private static final Pattern LIST = Pattern.compile("\\$\\(cat (\\S+)\\)");
  private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");
  private static final Pattern PROFILE = Pattern.compile("-P(\\S+)");
  private static final Pattern TEST = Pattern.compile("-D(?:it\\.)?test=(\\w+)");

  /** No tests: one is the word for none, the other stands for a name. */
  private static final Set<String> NO_TESTS = Set.of("None", "SomeTest");

  @Test
  void everyCommandCallsWhatIsThere() throws IOException {
    int programs = 0;
    for (DocsPage page : DocsPage.all()) {
      for (String block : page.blocks("sh", RepositoryCommandsTest.class)) {
        String commands = block.replace("\\\n", " ");
        List<MatchResult> calls = PROGRAM.matcher(commands).results().toList();
        calls.forEach(call -> assertCalls(page.name(), call.group(1), call.group(2).strip()));
        programs += calls.size();
        assertThat(found(LIST, commands)).allMatch(file -> Files.exists(PROJECT.resolve(file)));
        assertMaven(page.name(), commands);
      }
    }
    assertThat(programs).isGreaterThan(18);
  }

  private static void assertCalls(String page, String program, String arguments) {
    assertThat(PROJECT.resolve(program)).as(page).isExecutable();
    String verb = arguments.split(" ")[0];
    if (program.equals("lab/hosts")) {
      assertThat(PROJECT.resolve(program))
          .content()
          .containsPattern("[ |]" + verb + "(?: \\||\\))");
    } else if (program.equals("lab/bench") && !verb.isEmpty()) {
      assertThat(PROJECT.resolve("lab/bench.d").resolve(verb + ".sh")).as(page).exists();
    }
  }

  private static void assertMaven(String page, String commands) throws IOException {
    for (String modules : found(MODULES, commands)) {
      assertThat(modules.split(",")).as(page).allMatch(it -> Files.exists(PROJECT.resolve(it)));
    }
    String pom = Files.readString(PROJECT.resolve("pom.xml"));
    String poms = pom + Files.readString(PROJECT.resolve("ssh/pom.xml"));
    assertThat(found(PROFILE, commands))
        .as(page)
        .allMatch(it -> poms.contains("<id>" + it + "</id>"));
    Set<String> tests = new TreeSet<>(found(TEST, commands));
    tests.removeAll(NO_TESTS);
    try (Stream<Path> files = Files.walk(PROJECT)) {
      Set<String> names = new TreeSet<>();
      files
          .filter(
              file -> file.toString().endsWith("T.java") || file.toString().endsWith("Test.java"))
          .forEach(file -> names.add(file.getFileName().toString().replace(".java", "")));
      assertThat(names).as(page).containsAll(tests);
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    pattern.matcher(text).results().forEach(hit -> found.add(hit.group(1)));
    return found;
  }
}

package io.hawser.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Templates that nobody would write. Seeded; with {@code -Dhawser.long=true} a hundred times as
 * many.
 */
class TemplateFuzzTest {
  private static final int ROUNDS = Boolean.getBoolean("hawser.long") ? 2_000_000 : 20_000;
  private static final Duration LIMIT =
      Duration.ofSeconds(Boolean.getBoolean("hawser.long") ? 3_600 : 60);

  private static final Map<String, Object> DATA =
      Map.of(
          "a",
          "text",
          "n",
          3,
          "f",
          1.5,
          "list",
          List.of("x", 1, List.of(2)),
          "map",
          Map.of("k", "v", "m", Map.of("k", 2)));

  private static final String[] PIECES = {
    "{{",
    "}}",
    "{{-",
    "-}}",
    "{{ ",
    " }}",
    " -}}",
    "{{- ",
    " | ",
    "(",
    ")",
    ".",
    "$",
    "$x",
    "$x := ",
    "$x = ",
    "$i, $e := ",
    ",",
    "if ",
    "else",
    "else if ",
    "end",
    "range ",
    "with ",
    "define \"d\"",
    "template \"d\" .",
    "block \"d\" .",
    "break",
    "continue",
    "/*",
    "*/",
    "\"",
    "`",
    "'a'",
    "\"s\"",
    "\\",
    "1",
    "-1",
    "0x1f",
    "1e3",
    "1.5",
    "9999999999",
    "nil",
    "true",
    ".a",
    ".n",
    ".f",
    ".list",
    ".map",
    ".map.m.k",
    ".gone",
    ".gone.x",
    "text",
    "\n",
    " ",
    "\t",
    "é",
    "\ud83d\ude00",
    "\u0000",
    "%s",
    "%d %v",
    "{{ end }}",
    "{{ else }}",
    "{{ range .list }}",
    "{{ if .a }}",
    "{{ with .map }}"
  };

  private static final List<String> FUNCTIONS = List.copyOf(Functions.standard().names());

  /** Renders or refuses; anything else is a fault, and so is a difference between two runs. */
  private static String outcome(String template) {
    try {
      return "text " + Templates.render(template, "t", DATA);
    } catch (TemplateException e) {
      assertThat(e.line()).as(template).isPositive();
      return "refused " + e.getMessage();
    }
  }

  private static String soup(Random random) {
    StringBuilder template = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      boolean call = random.nextInt(4) == 0;
      template.append(
          call
              ? FUNCTIONS.get(random.nextInt(FUNCTIONS.size())) + " "
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return template.toString();
  }

  /** A call of a function with arguments of all kinds, well-formed. */
  private static String call(Random random, int depth) {
    StringBuilder call = new StringBuilder(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
    String[] arguments = {
      ".a",
      ".n",
      ".f",
      ".list",
      ".map",
      ".gone",
      "nil",
      "true",
      "-1",
      "0",
      "1",
      "2.5",
      "70000",
      "9223372036854775807",
      "\"\"",
      "\"a,b\"",
      "\"é😀\"",
      "\"%d%[5]*.3q\"",
      "\"[a-z]*\"",
      "\"1.2.3\"",
      "\"{\\\"a\\\":[1]}\"",
      "\"a: &x [1]\\nb: *x\"",
      "(list 1 2)",
      "(dict \"a\" 1)",
      "(until 3)"
    };
    for (int i = random.nextInt(4); i > 0; i--) {
      boolean nested = depth < 3 && random.nextInt(4) == 0;
      String argument = arguments[random.nextInt(arguments.length)];
      call.append(' ').append(nested ? "(" + call(random, depth + 1) + ")" : argument);
    }
    return call.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("I7 whatever a template says, it is rendered or refused, and the same each time")
  void soupIsRenderedOrRefused(long seed) {
    Random random = new Random(seed);
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < ROUNDS / 3; i++) {
            String template = soup(random);
            assertThat(outcome(template)).as(template).isEqualTo(outcome(template));
          }
        });
  }

  @Test
  @DisplayName("I7 whatever a function is given, it answers or refuses")
  void callsAnswerOrRefuse() {
    Random random = new Random(4);
    Set<String> answered = new HashSet<>();
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            String call = call(random, 0);
            if (outcome("{{ " + call + " }}").startsWith("text ")) {
              answered.add(call.split(" ")[0]);
            }
          }
        });
    // The others refuse all, as they should, or want what is not among the arguments.
    assertThat(answered).hasSizeGreaterThan(FUNCTIONS.size() * 8 / 10);
  }

  @Test
  @DisplayName("I7 a template with a few characters changed is rendered or refused")
  void changedTemplatesAreRenderedOrRefused() throws Exception {
    List<GoldenCase> cases = GoldenTemplatesTest.cases();
    Random random = new Random(5);
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text =
                new StringBuilder(cases.get(random.nextInt(cases.size())).template());
            for (int changes = random.nextInt(4); changes >= 0 && text.length() > 0; changes--) {
              int at = random.nextInt(text.length());
              int end = Math.min(text.length(), at + random.nextInt(5));
              text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            }
            outcome(text.toString());
          }
        });
  }

  @Test
  @DisplayName("I7 strict rendering reports at most what is there, and never crashes")
  void problemsAreFoundInAnything() {
    Random random = new Random(6);
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < ROUNDS / 2; i++) {
            String template = "{{ .gone }}{{ " + call(random, 0) + " }}" + soup(random);
            List<String> reasons = new ArrayList<>();
            Templates.problems(template, "t", DATA).forEach(e -> reasons.add(e.reason()));
            assertThat(reasons).as(template).isNotEmpty();
          }
        });
  }
}

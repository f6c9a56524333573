package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clusterfiles that nobody would write. Seeded; with {@code -Dhawser.long=true} a hundred times as
 * many.
 */
class ClusterfileFuzzTest {
  private static final int ROUNDS = Boolean.getBoolean("hawser.long") ? 600_000 : 6_000;
  private static final Duration LIMIT =
      Duration.ofSeconds(Boolean.getBoolean("hawser.long") ? 3_600 : 60);

  private static final String[] PIECES = {
    "kind: Cluster\n",
    "metadata: {name: c}\n",
    "spec:\n",
    "  hosts:\n",
    "  - ips: [10.0.0.1]\n",
    "    roles: [master]\n",
    "status:\n",
    "  phase: x\n",
    "  mounts:\n",
    "---\n",
    "...\n",
    "- ",
    "  ",
    "\n",
    ": ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a ",
    "*a",
    "!!str ",
    "!x ",
    "| \n",
    ">-\n",
    "\"",
    "'",
    "#",
    "%YAML 1.2\n",
    "\t",
    "\r\n",
    "\r",
    "\ufeff",
    "\u2028",
    "\u0085",
    "\u0000",
    "\ue000",
    "\ud83d\ude00",
    "\ud83d",
    "~",
    "null",
    "0022",
    "{{",
    "}}",
    "{{ .Values.a }}",
    "{{- range .Values.b }}",
    "{{ end }}",
    "{{- end -}}",
    "{{/* x */}}",
    "<<: ",
    "a: b\n",
    "x".repeat(200),
    "10.0.0.0/8",
    "kind: Config\n"
  };

  private static final ClusterfileReader READER =
      Clusterfiles.reader()
          .checkTrees(false)
          .values(List.of(Map.of("a", "{{ x", "b", List.of(1, "two", Map.of()))));

  /** Reads or refuses, and changes what it reads; anything else is a fault. */
  private static boolean isRead(String text, boolean lenient) {
    Clusterfile file;
    try {
      file = READER.lenient(lenient).load(text, "Clusterfile");
    } catch (ClusterfileException e) {
      assertThat(e.problems()).isNotEmpty();
      int lines = new TextLines(text).count();
      boolean template = ClusterfileTemplate.isTemplate(text);
      e.problems()
          .forEach(
              problem -> {
                assertThat(problem.line()).isNotNegative();
                if (!template) {
                  assertThat(problem.line()).as(text).isLessThanOrEqualTo(lines + 1);
                }
              });
      return false;
    }
    Clusterfile changed = file.withPhase("New").withCreationTimestamp(Instant.EPOCH);
    Clusterfile again =
        Clusterfiles.reader().checkTrees(false).lenient(true).load(escaped(changed.text()), "c");
    assertThat(again.phase()).as(text).contains("New");
    assertThat(again.cluster().hosts()).as(text).isEqualTo(file.cluster().hosts());
    assertThat(again.companions()).as(text).hasSameSizeAs(file.companions());
    assertThat(changed.withPhase("New").text()).as(text).isEqualTo(changed.text());
    return true;
  }

  /** What was rendered may have braces, which are no actions. */
  private static String escaped(String text) {
    return text.replace("{{", "{{ \"{{\" }}");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  @DisplayName("I1 I6 whatever a Clusterfile says, it is read or refused")
  void soupIsReadOrRefused(long seed) {
    Random random = new Random(seed);
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int count = random.nextInt(25); count >= 0; count--) {
              text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            isRead(text.toString(), random.nextBoolean());
          }
        });
  }

  @Test
  @DisplayName("I1 I6 a Clusterfile with a few characters changed is read or refused")
  void changedClusterfilesAreReadOrRefused() throws IOException {
    List<String> genuine = new ArrayList<>();
    for (Path fixture : ClusterfileDocumentsTest.fixtures()) {
      genuine.add(Files.readString(fixture));
    }
    genuine.add(
        "kind: Cluster\nmetadata:\n  name: {{ .Values.a | len }}\nspec:\n  hosts:\n"
            + "  {{- range .Values.b }}\n  - ips: [10.0.0.1]\n    roles: [master]\n"
            + "  {{- break }}\n  {{- end }}\n");
    Random random = new Random(3);
    int[] read = {0};
    assertTimeoutPreemptively(
        LIMIT,
        () -> {
          for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder(genuine.get(i % genuine.size()));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
              int at = random.nextInt(text.length());
              int end = Math.min(text.length(), at + random.nextInt(4));
              text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            }
            read[0] += isRead(text.toString(), i % 2 == 0) ? 1 : 0;
          }
        });
    assertThat(read[0]).isBetween(ROUNDS / 5, ROUNDS * 9 / 10);
  }

  @Test
  @DisplayName("I7 marks in a template change nothing but the marks")
  void marksChangeNothing() {
    Random random = new Random(4);
    String[] pieces = {
      "a: ",
      "\n",
      "  ",
      "\t",
      "b",
      "{{ .Values.a }}",
      "{{- .Values.a }}",
      "{{ .Values.a -}}",
      "{{- if .Values.b -}}",
      "{{ if .Values.b }}",
      "{{ else }}",
      "{{- else -}}",
      "{{ end }}",
      "{{- end }}",
      "{{- end -}}",
      "{{ range .Values.b }}",
      "{{- range .Values.b -}}",
      "{{/* }} */}}",
      "{{- /* \" */ -}}",
      "{{ \"}}\" }}",
      "{{ `{{` }}",
      "{{ '}' }}",
      "}}",
      "{",
      "{{- \"x\\\"}}\" -}}"
    };
    Map<String, Object> values = Map.of("a", "x\ny", "b", List.of(1, 2));
    int known = 0;
    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(12); count >= 0; count--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      ClusterfileTemplate template = new ClusterfileTemplate(text.toString(), "t", values);
      String rendered = template.render(new Problems("t", true));
      if (rendered != null) {
        assertThat(template.places(rendered)).as(text.toString()).isPresent();
        known++;
      }
    }
    assertThat(known).isGreaterThan(ROUNDS / 20);
  }
}

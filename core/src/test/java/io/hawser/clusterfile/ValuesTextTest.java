package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ValuesTextTest {
  /** What YAML 1.1 makes something else of. */
  private static final List<String> SURPRISES =
      List.of(
          "0022",
          "007",
          "0o17",
          "0x1F",
          "1_000",
          "1.20",
          "1e3",
          ".5",
          "1.",
          "+1",
          "12:30:45",
          "2024-01-01",
          "2024-01-01T00:00:00Z",
          ".inf",
          ".NaN",
          "-0",
          "y",
          "N",
          "=",
          "1.10.0",
          "99999999999999999999",
          "123456.5",
          "0.1234567",
          "0.00001",
          "v1.27.0",
          "1,000",
          "0b11");

  private static Object value(String text) {
    Problems problems = new Problems("v");
    Object value = ValuesText.read("a: " + text, problems).get("a");
    problems.throwIfAny();
    return value;
  }

  @Test
  @DisplayName("I5 values that YAML 1.1 changes stay as written, in values and in Clusterfiles")
  void surprisesStayAsWritten() {
    for (String text : SURPRISES) {
      assertThat(value(text)).as(text).isEqualTo(text);
      String file =
          ClusterfilesTest.spec(
              "hosts: [{ips: [10.0.0.1], roles: [master]}]",
              "ssh: {passwd: " + text.replace(",", "") + "}");
      for (boolean lenient : List.of(true, false)) {
        assertThat(
                Clusterfiles.reader()
                    .lenient(lenient)
                    .parse(file, "c")
                    .firstMaster()
                    .ssh()
                    .password()
                    .orElseThrow()
                    .reveal())
            .isEqualTo(text.replace(",", ""));
      }
    }
  }

  @Test
  @DisplayName("I5 what has a type is printed by a template as it is written")
  void whatHasATypeIsPrintedAsWritten() {
    Map<String, Object> typed =
        Map.of(
            "true",
            true,
            "False",
            false,
            "0",
            0L,
            "-12",
            -12L,
            "1000000",
            1_000_000L,
            "1.5",
            1.5,
            "-0.25",
            -0.25,
            "10000.00001",
            10000.00001);
    typed.forEach(
        (text, expected) -> {
          assertThat(value(text)).as(text).isEqualTo(expected);
          assertThat(value("'" + text + "'")).as(text).isEqualTo(text);
          assertThat(value("!!str " + text)).as(text).isEqualTo(text);
          if (!text.equals("False")) {
            ClusterfileTemplate template =
                new ClusterfileTemplate("{{ .Values.a }}", "t", Map.of("a", expected));
            assertThat(template.render(new Problems("t"))).isEqualTo(text);
          }
        });
    assertThat(value("null")).isNull();
    assertThat(value("")).isNull();
    assertThat(value("'null'")).isEqualTo("null");
  }

  @Test
  @DisplayName("I5 yes and no are refused in values, or with a warning what sealos makes of them")
  void yesAndNoAreRefused() {
    for (String word : List.of("yes", "No", "on", "OFF")) {
      assertThatThrownBy(() -> value(word))
          .hasMessageContaining("v:1:4: a: \"" + word + "\" is ")
          .hasMessageContaining("to sealos and a text to others (write ");
      assertThat(value("\"" + word + "\"")).isEqualTo(word);
      Problems lenient = new Problems("v", true);
      assertThat(ValuesText.read("a: " + word, lenient).get("a"))
          .isEqualTo(List.of("yes", "on").contains(word));
      assertThat(lenient.warnings()).hasSize(1);
      assertThat(lenient.any()).isFalse();
    }
  }
}

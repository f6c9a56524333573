package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final HostResult FAILED =
      HostResult.of("10.0.0.7", "registry", Status.FAILED, "port 5000 in use\nby nginx")
          .details(List.of("last line", "\u001b[31mred"))
          .advice("spec.hosts[0]", "stop nginx")
          .took(Duration.ofMillis(1234));
  private static final HostResult CHANGED =
      HostResult.of("10.0.0.10", "hosts", Status.CHANGED, "2 lines").details(List.of("not shown"));
  private static final Report REPORT = Report.of(List.of(FAILED, CHANGED));

  @Test
  void theTableShowsFailuresWithDetailsAndHints() {
    assertThat(REPORT.toTable())
        .isEqualTo(
            """
            HOST       STEP      RESULT   TIME  WHAT
            10.0.0.7   registry  failed   1.2s  port 5000 in use | by nginx
                last line
                \\x1b[31mred
                hint: stop nginx
            10.0.0.10  hosts     changed  0.0s  2 lines
            """);
    assertThat(Report.empty().toTable()).isEqualTo("nothing to do\n");
  }

  @Test
  void theJsonHasEveryFieldAndNull() {
    assertThat(REPORT.toJson())
        .startsWith("{\n  \"formatVersion\": 1,\n  \"succeeded\": false,\n  \"changed\": true,\n")
        .contains("\"message\": \"port 5000 in use\\nby nginx\"")
        .contains("\"\\u001b[31mred\"")
        .contains("\"hint\": null")
        .contains("\"millis\": 1234")
        .endsWith("}\n");
  }

  @Test
  void jsonEscapesEveryControlCharacterAndLoneSurrogate() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("k\"", Arrays.asList(1, true, null, "\t\u0000\u007f\\\ud800é"));
    map.put("empty", List.of());
    map.put("none", Map.of());
    assertThat(Json.write(map))
        .isEqualTo(
            """
            {
              "k\\"": [
                1,
                true,
                null,
                "\\u0009\\u0000\\u007f\\\\\\ud800é"
              ],
              "empty": [],
              "none": {}
            }
            """);
  }

  @Test
  void aReportSurvivesSerialisation() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(REPORT);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      Report copy = (Report) in.readObject();
      assertThat(copy.results()).isEqualTo(REPORT.results());
      assertThat(copy.toTable()).isEqualTo(REPORT.toTable());
    }
  }

  @Test
  void reportsAnswerForHostsAndFailures() {
    Report all = REPORT.then(Report.of(List.of(HostResult.of("x", "s", Status.UNKNOWN, ""))));
    assertThat(all.failures()).extracting(HostResult::host).containsExactly("10.0.0.7", "x");
    assertThat(all.results(new StringBuilder("10.0.0.10"))).containsExactly(CHANGED);
    assertThat(all.succeeded()).isFalse();
    assertThat(all.changed()).isTrue();
    assertThat(Report.empty().succeeded()).isTrue();
    assertThat(Report.empty().isEmpty()).isTrue();
    assertThat(all).hasToString(all.toTable());
  }

  @Test
  void aReportDoesNotChangeWithItsSource() {
    List<HostResult> source = new ArrayList<>(List.of(CHANGED));
    Report report = Report.of(source);
    source.clear();
    assertThat(report.results()).hasSize(1);
  }

  @Test
  void aStatusOfTwoWordsIsWrittenApart() {
    Report report = Report.of(List.of(HostResult.of("h", "s", Status.NOT_CHECKED, "")));
    assertThat(report.toTable().lines()).hasSize(2).last().asString().contains("not checked");
  }

  @Test
  void whatAHostSaysCannotTurnTheTextAround() {
    Report report =
        Report.of(List.of(HostResult.of("h", "s", Status.OK, "a\u202eb\u2028c\ud800d\u00e9")));
    assertThat(report.toTable()).contains("a\\u202eb\\u2028c\\ud800d\u00e9").hasLineCount(2);
  }
}

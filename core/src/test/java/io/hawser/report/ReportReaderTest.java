package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportReaderTest {
  private static final HostResult SENT =
      HostResult.of("10.0.0.1", "distribute", Status.CHANGED, "3 files")
          .took(Duration.ofMillis(3250))
          .transfers(
              List.of(
                  new Transfer(
                      Transfer.CONTROLLER, "10.0.0.1", 1L << 40, Duration.ofMillis(3200), "/data"),
                  new Transfer("10.0.0.2", "10.0.0.1", 0, Duration.ZERO, "")));
  private static final HostResult FAILED =
      HostResult.of("null", "true", Status.NOT_CHECKED, "\u0000 \u202e \" <\n\ud83d\ude00")
          .details(List.of("", "null", "12"))
          .advice(null, "null");

  @Test
  void whatWasWrittenIsReadBack() {
    Report report = Report.of(List.of(SENT, FAILED));
    Report read = Report.fromJson(new StringBuilder(report.toJson()));
    assertThat(read.results()).isEqualTo(report.results());
    assertThat(read.toJson()).isEqualTo(report.toJson());
    assertThat(Report.fromJson(Report.empty().toJson()).isEmpty()).isTrue();
  }

  @Test
  void everyStatusIsReadBack() {
    for (Status status : Status.values()) {
      Report report = Report.of(List.of(HostResult.of("h", "s", status, "")));
      assertThat(Report.fromJson(report.toJson()).results()).isEqualTo(report.results());
    }
  }

  @Test
  void whatLaterVersionsAddIsPassedOver() {
    String json = Report.of(List.of(SENT)).toJson();
    String later = json.replaceFirst("\"formatVersion\": 1,", "$0 \"added\": [1.5, {}],");
    assertThat(later).isNotEqualTo(json);
    assertThat(Report.fromJson(later).toJson()).isEqualTo(json);
  }

  @Test
  void reportsFromBeforeTransfersWereMeasuredAreRead() {
    String json =
        """
        {"formatVersion": 1, "results": [{"host": "h", "step": "s", "status": "OK",
         "message": "", "details": [], "field": null, "hint": null, "millis": 7}]}
        """;
    assertThat(Report.fromJson(json).results())
        .containsExactly(HostResult.of("h", "s", Status.OK, "").took(Duration.ofMillis(7)));
  }

  @Test
  void allFaultsAreToldByTheirPlaces() {
    String json =
        """
        {"formatVersion": 1, "results": [
          {"host": 7, "step": "s", "status": "DONE", "message": "", "details": ["a", 1],
           "millis": -1, "transfers": [{"from": "a", "to": "b", "bytes": 1.5, "millis": 0}]},
          "row"]}
        """;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Report.fromJson(json))
        .withMessage(
            "not a report of Hawser: results[0].host is not a text; results[0].status is not one of"
                + " [CHANGED, OK, WARNING, SKIPPED, NOT_CHECKED, UNKNOWN, FAILED];"
                + " results[0].details[1] is not a text; results[0].millis is not a whole number"
                + " from 0 on; results[0].transfers[0].bytes is not a whole number from 0 on;"
                + " results[0].transfers[0].what is missing: a text; results[1] is not an object");
  }

  @Test
  void anotherDocumentIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Report.fromJson("HOST  STEP"))
        .withMessage("not a report of Hawser: not JSON at character 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Report.fromJson("[]"))
        .withMessageContaining("the document is not an object");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Report.fromJson("{\"formatVersion\": 2, \"results\": 1}"))
        .withMessage(
            "not a report of Hawser: formatVersion is 2, and this version of Hawser reads 1");
  }

  @Test
  void manyFaultsAreToldInPart() {
    String rows = "1,".repeat(99) + "1";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Report.fromJson("{\"formatVersion\": 1, \"results\": [" + rows + "]}"))
        .withMessageContaining("results[19] is not an object; and 80 more")
        .withMessageNotContaining("results[20]");
  }
}

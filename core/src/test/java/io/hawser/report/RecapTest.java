package io.hawser.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecapTest {
  private static HostResult row(String host, Status status) {
    return HostResult.of(host, "s", status, "").took(Duration.ofMillis(600));
  }

  @Test
  void everyHostHasItsFigures() {
    Report report =
        Report.of(
            List.of(
                row("10.0.0.1", Status.OK),
                row("10.0.0.22", Status.CHANGED),
                row("10.0.0.1", Status.CHANGED),
                row("10.0.0.22", Status.FAILED),
                row("10.0.0.22", Status.SKIPPED)));
    assertThat(report.recap())
        .hasToString(
            """
            HOST       OK  CHANGED  WARNING  SKIPPED  FAILED  TIME
            10.0.0.1    1        1        0        0       0  1.2s
            10.0.0.22   0        1        0        1       1  1.8s
            """);
  }

  @Test
  void whatIsRareHasAColumnWhereThereIsSome() {
    Report report = Report.of(List.of(row("a", Status.NOT_CHECKED), row("b", Status.UNKNOWN)));
    assertThat(report.recap().toTable())
        .isEqualTo(
            """
            HOST  OK  CHANGED  WARNING  SKIPPED  NOT CHECKED  UNKNOWN  FAILED  TIME
            a      0        0        0        0            1        0       0  0.6s
            b      0        0        0        0            0        1       0  0.6s
            """);
  }

  @Test
  void eachResultCountsOnce() {
    List<HostResult> rows = new ArrayList<>();
    for (Status status : Status.values()) {
      rows.add(row("h", status));
    }
    Recap.Row figures = Report.of(rows).recap().rows().get(0);
    for (Status status : Status.values()) {
      assertThat(figures.count(status)).as("%s", status).isOne();
    }
    assertThat(figures.took()).isEqualTo(Duration.ofMillis(4200));
  }

  @Test
  void nothingDoneHasNoRecap() {
    assertThat(Report.empty().recap().rows()).isEmpty();
    assertThat(Report.empty().recap().toTable()).isEmpty();
  }
}

package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PullMatrixTest {
  private static HostResult row(String node, String replica, Status status, String message) {
    return HostResult.of(node, "pull from " + replica, status, message).took(Duration.ofMillis(12));
  }

  private static final Report REPORT =
      Report.of(
          List.of(
              HostResult.of("10.0.0.1", "audit", Status.OK, "3 files"),
              row("10.0.0.1", "10.0.0.1", Status.OK, "serves"),
              row("10.0.0.4", "10.0.0.1", Status.OK, "serves"),
              row("10.0.0.1", "10.0.0.2", Status.FAILED, "connection refused"),
              row("10.0.0.4", "10.0.0.2", Status.NOT_CHECKED, "neither curl nor wget")));

  @Test
  void theTableHasALinePerNodeAndAColumnPerReplica() {
    assertThat(PullMatrix.of(REPORT).toTable())
        .isEqualTo(
            """
            node \\ replica    10.0.0.1          10.0.0.2
            10.0.0.1          12 ms             fails
            10.0.0.4          12 ms             ?
            10.0.0.1 from 10.0.0.2: connection refused
            10.0.0.4 from 10.0.0.2: neither curl nor wget
            """);
  }

  @Test
  void onlyWhatWasAskedAndAnsweredRightlyIsComplete() {
    assertThat(PullMatrix.of(REPORT).isComplete()).isFalse();
    Report good = Report.of(REPORT.results().subList(0, 3));
    assertThat(PullMatrix.of(good).isComplete()).isTrue();
    assertThat(PullMatrix.of(good).cells()).hasSize(2);
  }
}

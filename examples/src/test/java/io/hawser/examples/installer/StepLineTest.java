package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What is seen while a phase runs. */
class StepLineTest {
  private final StringWriter text = new StringWriter();

  private void tell(StepLine line, String host, String step, Status status) {
    line.onResult(HostResult.of(host, step, status, "it is so"));
  }

  @Test
  void aTerminalSeesTheLastStepAndThenNothing() {
    StepLine line = new StepLine(new PrintWriter(text), true);
    tell(line, "10.0.0.100", "registry", Status.CHANGED);
    tell(line, "10.0.0.2", "audit", Status.FAILED);
    line.end();
    String first = "1 ended, 0 failed; last: 10.0.0.100 registry";
    String second = "2 ended, 1 failed; last: 10.0.0.2 audit";
    assertThat(text.toString().split("\r", -1))
        .containsExactly("", first, second + " ".repeat(5), " ".repeat(second.length()), "");
  }

  @Test
  void aFileSeesNothing() {
    StepLine line = new StepLine(new PrintWriter(text), false);
    tell(line, "10.0.0.1", "registry", Status.CHANGED);
    line.end();
    assertThat(text.toString()).isEmpty();
  }
}

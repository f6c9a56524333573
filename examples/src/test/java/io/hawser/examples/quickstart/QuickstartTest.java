package io.hawser.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quick start says in the end what it has shown. */
class QuickstartTest {
  @Test
  void threeReplicasAreAuditedAPullSurvivesTheLossOfOneAndTheHostsAreRestored() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int status = Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    String text = bytes.toString(StandardCharsets.UTF_8);
    assertThat(status).as(text).isZero();
    List<String> lines = text.lines().toList();
    assertThat(lines.subList(lines.size() - 4, lines.size()))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("3 of 3 replicas audited"),
            line -> assertThat(line).matches("pull before: [1-9][0-9]* digests verified"),
            line -> assertThat(line).matches("pull after the loss of one: [1-9].* verified"),
            line -> assertThat(line).isEqualTo("5 hosts restored byte for byte"));
    assertThat(Path.of("target/report.html"))
        .content()
        .contains("Cluster quickstart: succeeded", "What was sent", ": distribute.");
  }
}

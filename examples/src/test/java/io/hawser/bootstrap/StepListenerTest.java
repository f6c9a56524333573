package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as they come. */
class StepListenerTest {
  @TempDir Path directory;
  // Not synchronized: calls come one after the other.
  private final List<HostResult> told = new ArrayList<>();

  @Test
  void eachRowOfTheReportIsToldOnceAndStepByStep() {
    FiftyHosts fifty = new FiftyHosts(directory);
    fifty.failSeven();
    Bootstrap bootstrap = fifty.builder().onStep(told::add).build();

    Report report = catchThrowableOfType(BootstrapException.class, bootstrap::init).report();

    assertThat(told).containsExactlyInAnyOrderElementsOf(report.results());
    List<HostResult> inOrder = report.results();
    assertThat(new LinkedHashSet<>(told.stream().map(HostResult::step).toList()))
        .as("steps come in the report's order")
        .containsExactlyElementsOf(
            new LinkedHashSet<>(inOrder.stream().map(HostResult::step).toList()));
    told.clear();
    bootstrap.init("10.0.0.1", "10.0.0.20");
    assertThat(told).isNotEmpty().noneMatch(row -> row.status() == Status.CHANGED);
  }

  @Test
  void aRowIsToldBeforeTheStepHasEndedElsewhere() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    List<Integer> seen = new ArrayList<>();
    few.ssh
        .when("10.0.0.4", "init")
        .effect((command, files) -> seen.add(rowsOf("init")))
        .writes("/etc/initialised", "yes");
    few.builder().parallelHosts(1).onStep(told::add).build().init();
    assertThat(seen).containsExactly(3);
  }

  private int rowsOf(String step) {
    return (int) told.stream().filter(row -> row.step().equals(step)).count();
  }

  @Test
  void resetTellsToo() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    Bootstrap bootstrap = few.builder().onStep(told::add).build();
    bootstrap.init();
    told.clear();
    assertThat(bootstrap.reset().results()).containsExactlyInAnyOrderElementsOf(told);
  }

  @Test
  @DisplayName("F16 what a listener throws, errors too, changes nothing but is logged")
  void aListenerThatThrowsIsLeftAlone() {
    FiftyHosts few = new FiftyHosts(directory, "few", 4);
    AtomicInteger calls = new AtomicInteger();
    Report report =
        few.builder()
            .onStep(
                row -> {
                  calls.incrementAndGet();
                  throw new AssertionError("like the closure of a pipeline");
                })
            .onStep(told::add)
            .build()
            .init();
    assertThat(report.succeeded()).isTrue();
    assertThat(calls).hasValue(report.results().size());
    assertThat(told).hasSameSizeAs(report.results());
  }
}

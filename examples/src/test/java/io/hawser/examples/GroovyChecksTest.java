package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of preflight that scripts bring along and leave out. */
class GroovyChecksTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "4.0", "6.0"})
  void aClosureIsACheckOfPreflight(String groovy) throws Exception {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    String script =
        """
        import io.hawser.bootstrap.preflight.*
        import io.hawser.cluster.Role
        def go(builder) {
          def what = 'swap'
          builder
            .check(PreflightCheck.of("no-${what}", "no ${what}") { host ->
              Finding.failed("${what} on ${host.host().address()}").advice(null, "turn ${what} off")
            }.onHosts { host -> host.is(Role.NODE) })
            .skipChecks(["${'clock'}"])
            .build().preflight()
        }
        """;
    Report report = (Report) GroovyRuntime.call(groovy, script, "go", hosts.bootstrap());
    assertThat(report.failures())
        .singleElement()
        .satisfies(row -> assertThat(row.message()).isEqualTo("swap on " + LookedAtCluster.NODE));
    assertThat(report.results(LookedAtCluster.NODE))
        .filteredOn(row -> row.step().equals("clock"))
        .allMatch(row -> row.status() == Status.SKIPPED);
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.report.Report;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks, policies, deadlines and runs in the background, from scripts. */
class GroovyRunsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "4.0", "6.0"})
  void everythingWorksWithoutAClosure(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.ssh.whenMatching("*", "sh -c .*").answer(0, "", "");
    String script =
        """
        import io.hawser.bootstrap.*
        import io.hawser.cluster.Role
        import java.time.Duration
        def go(builder) {
          def what = 'alerts'
          def five = "10.0.0.${5}"
          def bootstrap = builder
            .hook(Hook.command("mute-${what}", "mute ${what}", "unmute ${what}")
                .before(Phase.INIT_SCRIPT).onRole(Role.NODE))
            .hook(Hook.commandWithoutUndo('told', "tell ${five}").after(Phase.INIT)
                .onAddresses([five, "10.0.0.${4}"]))
            .hook(Hook.command('led', 'lead', 'follow').after(Phase.INIT).onFirstMaster())
            .onFailure(FailurePolicy.registryQuorum(2))
            .deadline(Duration.ofMinutes(30))
            .build()
          def run = BackgroundRuns.init(bootstrap, ["10.0.0.${1}", '10.0.0.2', '10.0.0.3', five])
          while (!run.awaitSeconds(1)) { assert run.report() != null }
          assert run.isDone()
          assert run.await().succeeded()
          return run.report()
        }
        """;
    Object report =
        GroovyRuntime.call(
            groovy,
            script,
            "go",
            Bootstraps.builder(mocked.cluster, mocked.ssh).secrets(mocked.secrets));
    assertThat(((Report) report).results("10.0.0.5"))
        .extracting(row -> row.step())
        .contains("mute-alerts", "told")
        .doesNotContain("led");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.4", "4.0", "6.0"})
  void aClosureIsAListenerOrAHook(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    String script =
        """
        import io.hawser.bootstrap.*
        import io.hawser.host.FileChange
        def go(builder) {
          def rows = []
          builder.onStep { row -> rows << row.host() + ' ' + row.step() }
            .hook(Hook.of('note') { host, facts -> [FileChange.plain('/etc/note', 'x')] }
                .before(Phase.INIT).onHosts { it.address().endsWith('4') })
            .build()
            .init()
          assert rows.contains('10.0.0.4 note')
          assert !rows.contains('10.0.0.5 note')
          return rows.size()
        }
        """;
    Object rows =
        GroovyRuntime.call(
            groovy,
            script,
            "go",
            Bootstraps.builder(mocked.cluster, mocked.ssh).secrets(mocked.secrets));
    assertThat((Integer) rows).isGreaterThan(20);
  }
}

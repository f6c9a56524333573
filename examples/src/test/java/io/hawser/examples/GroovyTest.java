package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.examples.docs.DocsPage;
import io.hawser.report.Report;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groovy 2.4, which Jenkins runs, and later ones call the library as their users would. */
class GroovyTest {
  private static final String IMPORTS =
      """
      import io.hawser.bootstrap.*
      import io.hawser.filesystem.*
      import io.hawser.registry.*
      """;

  @TempDir Path directory;

  static List<String> versions() {
    return GroovyRuntime.VERSIONS;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void theSampleOfTheReadmeRuns(String groovy, @TempDir Path secrets) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    String sample = DocsPage.read("README.md").block("groovy", GroovyTest.class, 0);
    String home = System.getProperty("user.home");
    // The sample keeps the secrets of its cluster there.
    System.setProperty("user.home", secrets.toString());
    Object report;
    try {
      report = GroovyRuntime.call(groovy, IMPORTS + sample, "install", mocked.cluster, mocked.ssh);
    } finally {
      System.setProperty("user.home", home);
    }
    assertThat(report).isInstanceOf(Report.class);
    assertThat(mocked.ssh.files("10.0.0.5").text("/etc/initialised")).isEqualTo("yes");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void anEmptyListResetsNothingAndGStringsNameHosts(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    String script =
        """
        def go(bootstrap, filesystem) {
          def one = 1
          filesystem.mountRootfs(["10.0.0.${one}"])
          assert bootstrap.init("10.0.0.${one}").succeeded()
          assert bootstrap.reset([]).isEmpty()
          assert bootstrap.reset([] as String[]).isEmpty()
          assert bootstrap.reset(["10.0.0.${one}"]).changed()
          return bootstrap.reset()
        }
        """;
    Object report =
        GroovyRuntime.call(groovy, script, "go", mocked.bootstrap(), mocked.filesystem());
    assertThat(((Report) report).changed()).isFalse();
  }

  /** Rule 4 of design: what stands in a list or map may be a GString. */
  @ParameterizedTest
  @MethodSource("versions")
  void gStringsMayStandInListsAndMaps(String groovy) throws Exception {
    String script =
        """
        import io.hawser.cluster.*
        import io.hawser.host.NodeFacts
        import io.hawser.report.*
        import io.hawser.ssh.Command
        def go() {
          def n = 7
          def host = Host.at("10.0.0.${n}").env(["N7": "v${n}"]).roles([Role.MASTER]).build()
          assert host.env().N7 == 'v7'
          assert NodeFacts.of(["k${n}": "v${n}"]).get('k7') == 'v7'
          assert Command.of(["echo", "a${n}"]).toString().contains('a7')
          def row = HostResult.of("10.0.0.${n}", 'step', Status.OK, "m${n}").details(["d${n}"])
          assert row.details() == ['d7']
          assert row.details()[0] instanceof String
          return Cluster.named("c${n}").env(A: n, B: ["x${n}", 'y']).hosts([host]).build()
        }
        """;
    assertThat(GroovyRuntime.call(groovy, script, "go")).asString().contains("c7");
  }

  /** Rule 2: a closure stands for any interface with one method, and nothing else is called. */
  @ParameterizedTest
  @MethodSource("versions")
  void closuresStandForInterfacesWithOneMethod(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    String script =
        IMPORTS
            + """
            import io.hawser.host.FileChange
            import io.hawser.ssh.Command
            import io.hawser.ssh.OutputListener
            def go(cluster, ssh, secrets) {
              def motd = ExternalDependency.of("p${1}x") { host, facts ->
                [FileChange.plain('/etc/p', "on ${host.address()}")]
              }
              def bootstrap = Bootstraps.builder(cluster, ssh).secrets(secrets)
                  .dependency(motd)
                  .placement({ c -> c.hosts().take(1) } as RegistryPlacement)
                  .endpoints({ node, replicas ->
                    [FileChange.plain('/etc/mirrors', "${replicas*.url().join(' ')}")]
                  } as EndpointStrategy)
                  .build()
              def preflight = bootstrap.preflight()
              assert preflight.succeeded() : preflight.toTable()
              Filesystems.of(cluster, ssh).mountRootfs(cluster.hosts().collect { it.address() })
              bootstrap.init()
              bootstrap.applyExternalDeps()
              def lines = []
              ssh.when('*', 'say').answer(0, 'a\\nb\\n', '')
              ssh.run(cluster.hosts()[0], Command.of('say'), { line, err -> lines << line } as OutputListener)
              assert lines.size() == 2 : lines
              return ssh.files('10.0.0.5').text('/etc/p') + ', ' + ssh.files('10.0.0.5').text('/etc/mirrors')
            }
            """;
    Object text =
        GroovyRuntime.call(groovy, script, "go", mocked.cluster, mocked.ssh, mocked.secrets);
    assertThat(text).isEqualTo("on 10.0.0.5, https://10.0.0.1:5000");
  }

  /** Rule 6: what a pipeline keeps across a step, and reads afterwards. */
  @ParameterizedTest
  @MethodSource("versions")
  void reportsAndPlansOutliveSerialisationAndAreReadByMethods(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    String script =
        """
        def copy(value) {
          def bytes = new ByteArrayOutputStream()
          new ObjectOutputStream(bytes).withCloseable { it.writeObject(value) }
          def loader = value.class.classLoader
          new ByteArrayInputStream(bytes.toByteArray()).newObjectInputStream(loader).readObject()
        }
        def go(bootstrap, filesystem) {
          def plan = copy(bootstrap.plan())
          assert plan.hasChanges()
          assert plan.items().every { it.host() && it.step() }
          assert plan.toJson() == bootstrap.plan().toJson()
          def report = copy(filesystem.mountRootfs(['10.0.0.1']).then(bootstrap.init('10.0.0.1')))
          assert report.results("10.0.0.${1}")*.host().unique() == ['10.0.0.1']
          assert report.results().find { it.step() == 'init' }.hint() == null
          return report.succeeded()
        }
        """;
    Object succeeded =
        GroovyRuntime.call(groovy, script, "go", mocked.bootstrap(), mocked.filesystem());
    assertThat(succeeded).isEqualTo(true);
  }

  /** Rule 7: a Jenkins abort interrupts the thread that waits. */
  @ParameterizedTest
  @MethodSource("versions")
  void anInterruptEndsTheCallAndKeepsTheFlag(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    String script =
        """
        import io.hawser.CancelledException
        import io.hawser.ssh.mock.HostEffect
        import java.util.concurrent.CountDownLatch
        import java.util.concurrent.TimeUnit
        def go(bootstrap, filesystem, ssh) {
          filesystem.mountRootfs(['10.0.0.1'])
          def entered = new CountDownLatch(1)
          def never = new CountDownLatch(1)
          ssh.when('10.0.0.1', 'init').effect({ command, files ->
            entered.countDown()
            never.await(60, TimeUnit.SECONDS)
          } as HostEffect)
          def seen = []
          def caller = new Thread({
            try {
              bootstrap.init('10.0.0.1')
            } catch (CancelledException e) {
              seen << Thread.currentThread().isInterrupted()
            }
          } as Runnable)
          caller.start()
          assert entered.await(30, TimeUnit.SECONDS)
          caller.interrupt()
          caller.join(30000)
          assert !caller.alive
          return seen
        }
        """;
    Object seen =
        GroovyRuntime.call(
            groovy, script, "go", mocked.bootstrap(), mocked.filesystem(), mocked.ssh);
    assertThat(seen).isEqualTo(List.of(true));
  }
}

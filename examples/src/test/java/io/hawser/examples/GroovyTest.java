package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groovy 2.4, which Jenkins runs, and Groovy 4 call the library as their users would. */
class GroovyTest {
  private static final String IMPORTS =
      """
      import io.hawser.bootstrap.*
      import io.hawser.filesystem.*
      import io.hawser.registry.*
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"hawser.groovy24", "hawser.groovy4"})
  void theSampleOfTheReadmeRuns(String groovy) throws Exception {
    MockedCluster mocked = new MockedCluster(directory);
    String sample = ReadmeTest.samples("groovy").get(0);
    Object report = call(groovy, IMPORTS + sample, "install", mocked.cluster, mocked.ssh);
    assertThat(report).isInstanceOf(Report.class);
    assertThat(mocked.ssh.files("10.0.0.5").text("/etc/initialised")).isEqualTo("yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hawser.groovy24", "hawser.groovy4"})
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
    Object report = call(groovy, script, "go", mocked.bootstrap(), mocked.filesystem());
    assertThat(((Report) report).changed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hawser.groovy24", "hawser.groovy4"})
  void aClosureIsADependency(String groovy) throws Exception {
    String script =
        """
        import io.hawser.bootstrap.ExternalDependency
        import io.hawser.host.FileChange
        def go() {
          ExternalDependency.of("p${1}x") { host, facts -> [FileChange.plain('/etc/p', 'x')] }
        }
        """;
    assertThat(call(groovy, script, "go")).hasToString("p1x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hawser.groovy24", "hawser.groovy4"})
  void aClosureIsACheckOfPreflight(String groovy) throws Exception {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    String script =
        """
        import io.hawser.bootstrap.*
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
    Report report = (Report) call(groovy, script, "go", hosts.bootstrap());
    assertThat(report.failures())
        .singleElement()
        .satisfies(row -> assertThat(row.message()).isEqualTo("swap on " + LookedAtCluster.NODE));
    assertThat(report.results(LookedAtCluster.NODE))
        .filteredOn(row -> row.step().equals("clock"))
        .allMatch(row -> row.status() == Status.SKIPPED);
  }

  /** Each Groovy lies in a class loader of its own, since the two share their class names. */
  private static Object call(String property, String script, String method, Object... arguments)
      throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(jars(property), GroovyTest.class.getClassLoader())) {
      Class<?> shell = loader.loadClass("groovy.lang.GroovyShell");
      Object made = shell.getConstructor(ClassLoader.class).newInstance(loader);
      Object parsed = shell.getMethod("parse", String.class).invoke(made, script);
      try {
        return parsed
            .getClass()
            .getMethod("invokeMethod", String.class, Object.class)
            .invoke(parsed, method, arguments);
      } catch (InvocationTargetException e) {
        throw new AssertionError("the script failed: " + e.getCause(), e.getCause());
      }
    }
  }

  private static URL[] jars(String property) throws IOException {
    Path folder = Path.of(System.getProperty(property));
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> urls = files.map(GroovyTest::url).toList();
      return urls.toArray(URL[]::new);
    }
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.ImageMount;
import io.hawser.testkit.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shared library of examples/jenkins, in the interpreter that Jenkins runs pipelines with
 * (groovy-cps), and in jenkins-pipeline-unit, with which authors of libraries test them.
 */
class JenkinsLibraryTest {
  private static final String LIBRARY = Path.of("jenkins").toAbsolutePath().toString();
  private static final Path SCRIPTS = Path.of("src", "test", "resources", "jenkins");

  @TempDir Path directory;

  private MockedCluster mocked;
  private Map<String, String> files;

  @BeforeEach
  void aClusterfile() {
    mocked = new MockedCluster(directory.resolve("mocked"));
    ImageMount image = SampleImages.of(1).writeRootfs(directory.resolve("image"));
    String text =
        """
        apiVersion: apps.sealos.io/v1beta1
        kind: Cluster
        metadata:
          name: piped
        spec:
          ssh:
            passwd: "s3cret"
          hosts:
            - ips: ["10.0.0.1", "10.0.0.2"]
              roles: [master, registry]
            - ips: ["10.0.0.3"]
              roles: [node]
        status:
          mounts:
            - name: %s
              type: rootfs
              imageName: %s
              mountPoint: %s
        """
            .formatted(image.name(), image.imageName(), image.mountPoint());
    files = Map.of("Clusterfile", text + map("env", image.env()) + map("labels", image.labels()));
  }

  private static String map(String field, Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> "        " + value.getKey() + ": \"" + value.getValue() + "\"\n")
        .collect(Collectors.joining("", "      " + field + ":\n", ""));
  }

  @Test
  void eachStepOfThePipelineIsWrittenAndReadBackByTheRealInterpreter() throws Exception {
    List<?> played = cps("new hawserInstall().call(" + options("") + ")");

    assertThat(log(played)).hasSize(3);
    assertThat(log(played).get(0)).isEqualTo("readFile Clusterfile");
    assertThat(log(played).get(2))
        .contains("10.0.0.3", "init", "endpoints")
        .doesNotContain("s3cret");
    assertThat(played.get(1)).asString().contains("\"formatVersion\"");
    assertThat(mocked.ssh.files("10.0.0.3").text("/etc/initialised")).isEqualTo("yes");
  }

  @Test
  void aHostThatFailsFailsTheBuildWithTheTableOfAllHosts() {
    mocked.ssh.unreachable("10.0.0.3");
    assertThatThrownBy(() -> cps("new hawserInstall().call(" + options("") + ")"))
        .hasStackTraceContaining("keep the hosts from being brought up");
  }

  @Test
  void aRunInTheBackgroundIsLookedAtBetweenSteps() throws Exception {
    List<?> played = cps("new hawserInBackground().call(" + options("") + ")");

    assertThat(log(played)).hasSize(4);
    assertThat(log(played).get(2)).contains("10.0.0.3", "mount");
    assertThat(log(played).get(3)).contains("10.0.0.3", "init", "endpoints");
    assertThat(played.get(1)).asString().contains("\"formatVersion\"");
    assertThat(mocked.ssh.files("10.0.0.3").text("/etc/initialised")).isEqualTo("yes");
  }

  @Test
  void aRunInTheBackgroundThatFailsFailsTheBuild() {
    mocked.ssh.when("10.0.0.3", "init").answer(1, "", "ERROR: swap is on\n");
    assertThatThrownBy(() -> cps("new hawserInBackground().call(" + options("") + ")"))
        .hasStackTraceContaining("1 hosts or steps failed");
  }

  @Test
  void thePageShowsWhatIsTried() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "jenkins.md"));
    assertThat(page)
        .contains("```groovy by=JenkinsLibraryTest\n" + Files.readString(Path.of(LIBRARY, "Jenkinsfile")) + "```")
        .contains(
            "```groovy by=JenkinsLibraryTest\n"
                + Files.readString(Path.of(LIBRARY, "vars", "hawserInBackground.groovy"))
                + "```");
  }

  @Test
  void plansAndReportsMayBeKeptAcrossAStep() throws Exception {
    List<?> played =
        cps(
            """
            def install = new org.example.HawserInstall(readFile('Clusterfile'), 'Clusterfile', %s)
            def reports = [install.preflight(), install.install()]
            echo 'between'
            def again = install.install()
            echo "changed: ${again.changed()}"
            return reports.every { it.succeeded() } && reports[1].changed()
            """
                .formatted("[" + options(", hosts: [\"10.0.0.${1}\"]") + "]"));
    assertThat(log(played)).last().isEqualTo("echo changed: false");
    assertThat(played.get(1)).isEqualTo(true);
    assertThat(mocked.ssh.files("10.0.0.3").paths()).doesNotContain("/etc/initialised");
  }

  /** Why the library keeps none: what talks to hosts cannot be written to disk. */
  @Test
  void aClientKeptAcrossAStepFailsTheBuild() {
    assertThatThrownBy(
            () ->
                cps(
                    """
                    def ssh = org.example.HawserInstall.connect()
                    echo 'between'
                    return ssh
                    """))
        .hasStackTraceContaining("NotSerializableException: io.hawser.ssh.mock.Mock");
  }

  @Test
  void theJenkinsfileRunsInPipelineUnit() throws Exception {
    String jenkinsfile = Files.readString(Path.of(LIBRARY, "Jenkinsfile"));
    Path copy = directory.resolve("library");
    copy(Path.of(LIBRARY), copy);
    Files.writeString(
        copy.resolve("Jenkinsfile"),
        jenkinsfile.replace(
            "mode: 'SAFE'", "mode: 'SAFE', secrets: '" + directory.resolve("secrets") + "'"));

    Object calls = play("unit.groovy", copy.toString(), mocked.ssh, files);

    assertThat(calls).asString().contains("hawserInstall", "readFile(Clusterfile)", "10.0.0.3");
    assertThat(mocked.ssh.files("10.0.0.3").text("/etc/initialised")).isEqualTo("yes");
  }

  private static void copy(Path from, Path to) throws Exception {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  private String options(String more) {
    return "clusterfile: 'Clusterfile', secrets: '" + directory.resolve("secrets") + "'" + more;
  }

  private List<?> cps(String pipeline) throws Exception {
    return (List<?>) play("cps.groovy", LIBRARY, pipeline, mocked.ssh, files);
  }

  private static List<String> log(List<?> played) {
    return ((List<?>) played.get(0)).stream().map(String::valueOf).toList();
  }

  private static Object play(String driver, Object... arguments) throws Exception {
    String script = Files.readString(SCRIPTS.resolve(driver));
    return GroovyRuntime.call(LibraryFolder.of("jenkins-groovy"), script, "play", arguments);
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvOrder;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.registry.RegistryMode;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.MemoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Habits of real rootfs scripts, through the calls of a user. */
class RealScriptsOnMockTest {
  private static final String HOST = "10.0.0.4";
  private static final String ROOTFS = "/var/lib/sealos/data/mocked/rootfs/";

  @TempDir private Path directory;
  private MockedCluster mocked;
  private MemoryFiles files;

  @BeforeEach
  void makeCluster() {
    mocked = new MockedCluster(directory);
    files = mocked.ssh.files(HOST);
  }

  private Bootstrap bootstrap(Cluster cluster) {
    return Bootstraps.builder(cluster, mocked.ssh).secrets(mocked.secrets).build();
  }

  @Test
  void aFileOfTheRootfsThatAScriptEditsIsPutBackSoThatASecondRunChangesNothing() {
    Map<String, List<String>> before = mocked.paths();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    String config = ROOTFS + "etc/registry_config.yml";
    String own = files.text(config);
    mocked
        .ssh
        .when(HOST, "check")
        .effect((command, host) -> host.write(config, "edited by the check"));
    mocked
        .ssh
        .when(HOST, "init")
        .effect((command, host) -> host.write("/etc/initialised", host.text(config)));
    mocked.bootstrap().preflight();
    mocked.bootstrap().init();
    assertThat(files.text("/etc/initialised")).isEqualTo("edited by the check");
    assertThat(files.text(config)).isEqualTo(own);
    assertThat(mocked.filesystem().mountRootfs(MockedCluster.HOSTS).changed()).isFalse();
    assertThat(mocked.bootstrap().init().changed()).isFalse();
    mocked.bootstrap().reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void programsThatTheScriptsReplaceAndRemoveComeBack() throws IOException {
    Path tree = mocked.cluster.rootfs().orElseThrow().mountPoint();
    Files.createDirectories(tree.resolve("cri"));
    Files.writeString(tree.resolve("cri/cri-containerd.tar.gz"), "packed");
    files.write("/usr/bin/runc", "theirs").mode("/usr/bin/runc", 0755);
    Map<String, List<String>> before = mocked.paths();
    mocked
        .ssh
        .when(HOST, "init")
        .effect(
            (command, host) ->
                host.write("/usr/bin/runc", "ours").write("/usr/bin/containerd", "ours"));
    mocked
        .ssh
        .when(HOST, "undo of init")
        .effect((command, host) -> host.remove("/usr/bin/runc").remove("/usr/bin/containerd"));
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.bootstrap().init();
    mocked.bootstrap().reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(files.text("/usr/bin/runc")).isEqualTo("theirs");
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void theDirectoryOfProgramsIsThereBeforeScriptsCopyToItAndGoesWithThem() {
    Map<String, List<String>> before = mocked.paths();
    Cluster cluster =
        mocked.cluster.withCallEnv(Map.of("BIN_DIR", "/opt/k8s/bin"), EnvOrder.CALL_WINS);
    mocked
        .ssh
        .when(HOST, "init")
        .effect(
            (command, host) -> {
              assertThat(host.isDirectory("/opt/k8s/bin")).isTrue();
              host.write("/etc/initialised", "yes");
            });
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    bootstrap(cluster).init();
    bootstrap(cluster).reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void reservedNamesInTheEnvironmentAreAWarningOfThePreflight() {
    Cluster cluster =
        mocked.cluster.withHosts(
            host ->
                host.address().equals(HOST)
                    ? host.toBuilder().env(Map.of("SEALOS_SYS_RUN_MODE", "x")).build()
                    : host);
    Report preflight = bootstrap(cluster).preflight();
    assertThat(preflight.results())
        .filteredOn(row -> row.step().equals("env"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.status()).isEqualTo(Status.WARNING);
              assertThat(row.host()).isEqualTo(HOST);
              assertThat(row.message())
                  .contains("spec.hosts[].env: SEALOS_SYS_RUN_MODE is ignored");
            });
  }

  @Test
  void inModeSealosHostsGetTheNamesThatSealosWritesBeforeScriptsRun() {
    Plan plan =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(mocked.secrets)
            .mode(RegistryMode.SEALOS)
            .build()
            .plan();
    assertThat(plan.items())
        .filteredOn(item -> item.step().equals("cluster names"))
        .extracting(item -> item.host() + " " + item.changes().get(0).summary())
        .containsExactly(
            "10.0.0.1 block apiserver.mocked in /etc/hosts: 10.0.0.1 apiserver.cluster.local",
            "10.0.0.2 block apiserver.mocked in /etc/hosts: 10.0.0.1 apiserver.cluster.local",
            "10.0.0.4 block apiserver.mocked in /etc/hosts: 10.103.97.2 apiserver.cluster.local"
                + " | 10.0.0.4 lvscare.node.ip",
            "10.0.0.5 block apiserver.mocked in /etc/hosts: 10.103.97.2 apiserver.cluster.local"
                + " | 10.0.0.5 lvscare.node.ip");
    List<String> steps = plan.items().stream().map(Plan.Item::step).distinct().toList();
    assertThat(steps.indexOf("cluster names")).isLessThan(steps.indexOf("init"));
    assertThat(mocked.bootstrap().plan().toTable()).doesNotContain("apiserver");
  }

  @Test
  void anApplicationCannotReplaceAScriptOfTheRootfs() throws IOException {
    ImageMount rootfs = mocked.cluster.rootfs().orElseThrow();
    Map<String, String> labels = new LinkedHashMap<>(rootfs.labels());
    labels.put("init", "app.sh");
    ImageMount application =
        new ImageMount(
            "app",
            ImageType.APPLICATION,
            "app:v1",
            Files.createDirectories(directory.resolve("app")),
            Map.of(),
            labels);
    Cluster cluster = mocked.cluster.withMounts(List.of(rootfs, application));
    assertThat(bootstrap(cluster).plan().toTable()).doesNotContain("app.sh");
    assertThat(cluster.labelled("init")).contains(rootfs);
  }
}

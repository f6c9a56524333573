package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.MemoryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts of a rootfs change beside Hawser, through the calls of a user. */
class WatchListOnMockTest {
  private static final String HOST = "10.0.0.4";
  private static final String HOSTS = "127.0.0.1 localhost\n10.0.0.9 no end";

  @TempDir private Path directory;
  private MockedCluster mocked;
  private MemoryFiles files;
  private Map<String, List<String>> before;

  @BeforeEach
  void makeScripts() {
    mocked = new MockedCluster(directory);
    files = mocked.ssh.files(HOST);
    files.write("/etc/hosts", HOSTS).write("/etc/sysctl.conf", "a = 1\n");
    files.write("/etc/selinux/config", "SELINUX=enforcing\n").write("/etc/crictl.yaml", "theirs");
    before = mocked.paths();
    mocked
        .ssh
        .when(HOST, "init")
        .effect(
            (command, host) -> {
              host.write("/etc/hosts", host.text("/etc/hosts") + "::1 localhost\n");
              host.write("/etc/sysctl.conf", host.text("/etc/sysctl.conf") + "b = 2 # sealos\n");
              host.write("/etc/selinux/config", "SELINUX=disabled\n");
              host.write("/etc/crictl.yaml", "ours").write("/etc/ld.so.conf.d/c.conf", "ours");
            });
    mocked
        .ssh
        .when(HOST, "undo of init")
        .effect((command, host) -> host.write("/etc/sysctl.conf", "a = 1\n"));
  }

  private void init() {
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.bootstrap().init();
    assertThat(files.text("/etc/hosts")).contains("sealos.hub").contains("::1 localhost");
    assertThat(mocked.bootstrap().init().results(HOST))
        .as("a second run changes nothing")
        .noneMatch(row -> row.status() == Status.CHANGED);
  }

  @Test
  void resetBringsBackWhatNoCleanScriptDoesAndSaysSo() {
    init();
    Report reset = mocked.bootstrap().reset();
    assertThat(files.text("/etc/hosts")).isEqualTo(HOSTS);
    assertThat(files.text("/etc/selinux/config")).isEqualTo("SELINUX=enforcing\n");
    assertThat(files.text("/etc/crictl.yaml")).isEqualTo("theirs");
    assertThat(reset.results(HOST))
        .filteredOn(row -> row.step().equals("reset"))
        .flatExtracting(row -> row.details())
        .anyMatch(line -> line.contains("watch scripts") && line.contains("/etc/selinux/config"));
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void systemSettingsStayWhenThatIsAsked() {
    init();
    Bootstrap bootstrap =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(mocked.secrets)
            .keepSystemSettings(true)
            .build();
    bootstrap.reset();
    assertThat(files.text("/etc/selinux/config")).isEqualTo("SELINUX=disabled\n");
    assertThat(files.text("/etc/hosts")).contains("::1 localhost").doesNotContain("sealos.hub");
    assertThat(files.text("/etc/crictl.yaml")).isEqualTo("theirs");
  }

  @Test
  void whatSomebodyChangedAfterInitStaysAndIsAWarning() {
    init();
    files.write("/etc/selinux/config", "SELINUX=permissive\n");
    Report reset = mocked.bootstrap().reset();
    assertThat(files.text("/etc/selinux/config")).isEqualTo("SELINUX=permissive\n");
    assertThat(reset.results(HOST))
        .anyMatch(
            row ->
                row.status() == Status.WARNING
                    && row.details().toString().contains("/etc/selinux/config"));
  }
}

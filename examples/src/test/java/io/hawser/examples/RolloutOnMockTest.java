package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.Secret;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.registry.RegistryLogins;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.RecordedCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order in which three registries get another login, and another configuration. */
class RolloutOnMockTest {
  private static final List<String> REPLICAS = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");
  private static final String DIRECTORY = "/etc/hawser/mocked/";
  private static final String PASSWORDS = DIRECTORY + "registry_htpasswd";
  private static final String LIST = "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml";

  @TempDir Path directory;
  private MockedCluster mocked;

  @BeforeEach
  void init() {
    mocked = new MockedCluster(directory);
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.bootstrap().init();
  }

  private static Report failed(Bootstrap bootstrap) {
    List<Report> reports = new ArrayList<>();
    assertThatThrownBy(bootstrap::init)
        .isInstanceOfSatisfying(BootstrapException.class, e -> reports.add(e.report()));
    return reports.get(0);
  }

  private static List<HostResult> rows(Report report, String step) {
    return report.results().stream().filter(row -> row.step().equals(step)).toList();
  }

  private List<String> users(String host) {
    return mocked
        .ssh
        .files(host)
        .text(PASSWORDS)
        .lines()
        .map(line -> line.split(":", -1)[0])
        .toList();
  }

  /** The hosts that were changed under the name of registries, and asked, in that order. */
  private List<String> order() {
    List<String> order = new ArrayList<>();
    for (RecordedCommand run : mocked.ssh.transcript()) {
      String text = run.command();
      String what = text.contains(" apply ") && text.endsWith(" registry") ? "install " : "";
      what = text.contains(" probe ") ? "ask " : what;
      String last = order.isEmpty() ? "" : order.get(order.size() - 1);
      if (!what.isEmpty() && !last.equals(what + run.host())) {
        order.add(what + run.host());
      }
    }
    return order;
  }

  @Test
  @DisplayName("S3 an earlier login is refused when every host has the new one, and plan says so")
  void anEarlierLoginIsRefusedWhenAllHaveTheNewOne() {
    String old = users("10.0.0.1").get(0);
    RegistryLogins.renewPassword(mocked.secrets, mocked.cluster);
    assertThat(mocked.bootstrap().plan().items())
        .filteredOn(item -> item.step().equals("rotate"))
        .hasSize(3)
        .allSatisfy(
            item ->
                assertThat(item.changes().get(0).summary())
                    .isEqualTo(
                        "refuse the earlier login " + old + " when every host has the new login"));
    List<List<String>> seen = new ArrayList<>();
    mocked
        .ssh
        .whenMatching("10.0.0.3", "hawser-agent connections .*")
        .effect(
            (command, files) -> {
              REPLICAS.forEach(replica -> seen.add(users(replica)));
              MockedCluster.HOSTS.forEach(
                  host -> seen.add(List.of(mocked.ssh.files(host).text(LIST))));
            })
        .answer(0, "end\n", "");
    String before = mocked.ssh.files("10.0.0.4").text(LIST);
    Report report = mocked.bootstrap().init();
    assertThat(seen.subList(0, 3)).allMatch(users -> users.size() == 2 && users.get(1).equals(old));
    assertThat(seen.subList(3, 8)).doesNotContain(List.of(before));
    assertThat(rows(report, "rotate"))
        .extracting(HostResult::host, HostResult::status)
        .containsExactlyElementsOf(
            REPLICAS.stream().map(host -> tuple(host, Status.CHANGED)).toList());
    assertThat(rows(report, "rotate").get(0).message()).contains(old + " is refused from now on");
    assertThat(users("10.0.0.1")).hasSize(1).doesNotContain(old);
    assertThat(mocked.bootstrap().plan().hasChanges()).isFalse();
    Report again = mocked.bootstrap().init();
    assertThat(again.changed()).isFalse();
    assertThat(rows(again, "rotate")).isEmpty();
  }

  @Test
  @DisplayName("S3 F8 an earlier login stays as long as one host was not told; then it goes")
  void anEarlierLoginStaysAsLongAsOneHostWasNotTold() {
    String old = users("10.0.0.1").get(0);
    RegistryLogins.renewPassword(mocked.secrets, mocked.cluster);
    mocked.ssh.unreachable("10.0.0.5");
    mocked.ssh.unreachable("10.0.0.2");
    Report report = failed(mocked.bootstrap());
    assertThat(rows(report, "rotate"))
        .extracting(HostResult::host, HostResult::status)
        .containsExactly(tuple("10.0.0.1", Status.WARNING), tuple("10.0.0.3", Status.WARNING));
    assertThat(rows(report, "rotate").get(0).message())
        .isEqualTo(
            "the earlier login "
                + old
                + " is still admitted: hosts that could not be told may still use it: 10.0.0.2,"
                + " 10.0.0.5");
    assertThat(users("10.0.0.1")).hasSize(2).contains(old);
    assertThat(mocked.ssh.files("10.0.0.4").text(LIST)).doesNotContain("10.0.0.2:5000");

    mocked.ssh.heal("10.0.0.5");
    mocked.ssh.heal("10.0.0.2");
    assertThat(users("10.0.0.2")).containsExactly(old);
    assertThat(rows(mocked.bootstrap().init("10.0.0.1", "10.0.0.2"), "rotate"))
        .as("a call for some hosts")
        .extracting(HostResult::status)
        .containsExactly(Status.WARNING, Status.WARNING);
    assertThat(rows(mocked.bootstrap().init(), "rotate"))
        .extracting(HostResult::status)
        .containsExactly(Status.CHANGED, Status.CHANGED, Status.CHANGED);
    assertThat(REPLICAS).noneMatch(host -> users(host).contains(old));
  }

  @Test
  @DisplayName("S7 registries that have to be restarted are, one after the other, each proven")
  void oneRegistryIsRestartedAfterTheOther() {
    mocked.secrets.put("mocked", "registry-http-secret", Secret.of("another"));
    int before = order().size();
    mocked.bootstrap().init();
    List<String> order = order();
    assertThat(order.subList(before, order.size()))
        .startsWith(
            "install 10.0.0.1",
            "ask 10.0.0.1",
            "ask 10.0.0.4",
            "install 10.0.0.2",
            "ask 10.0.0.2",
            "ask 10.0.0.5",
            "install 10.0.0.3",
            "ask 10.0.0.3",
            "ask 10.0.0.4");
    assertThat(mocked.bootstrap().plan().hasChanges()).isFalse();
  }

  @Test
  @DisplayName("S7 when one does not serve after its restart the others are left as they are")
  void theOthersAreLeftWhenOneDoesNotServe() {
    String config = mocked.ssh.files("10.0.0.2").text(DIRECTORY + "registry.yml");
    mocked.secrets.put("mocked", "registry-http-secret", Secret.of("another"));
    mocked
        .ssh
        .whenMatching("10.0.0.1", "hawser-agent apply .*registry")
        .answer(0, "1 same\n2 same\n3 same\n4 failed the disk is full\nend\n", "");
    Report report = failed(mocked.bootstrap());
    assertThat(rows(report, "registry"))
        .extracting(HostResult::host, HostResult::status)
        .containsExactly(
            tuple("10.0.0.1", Status.FAILED),
            tuple("10.0.0.2", Status.SKIPPED),
            tuple("10.0.0.3", Status.SKIPPED));
    assertThat(rows(report, "registry").get(1).message()).contains("the registry of 10.0.0.1");
    assertThat(mocked.ssh.files("10.0.0.2").text(DIRECTORY + "registry.yml")).isEqualTo(config);
    assertThat(mocked.ssh.files("10.0.0.5").text(LIST))
        .contains("10.0.0.2:5000", "10.0.0.3:5000")
        .doesNotContain("10.0.0.1:5000");
  }

  @Test
  @DisplayName(
      "S16 a configuration that was changed on the host is put back, and the service restarted")
  void aChangedConfigurationIsPutBackAndTheServiceRestarted() {
    String config = mocked.ssh.files("10.0.0.2").text(DIRECTORY + "registry.yml");
    mocked.ssh.files("10.0.0.2").write(DIRECTORY + "registry.yml", config + "# mine\n");
    mocked.ssh.files("10.0.0.2").mode(DIRECTORY + "registry.yml", 0600);
    List<String> stopped = new ArrayList<>();
    mocked
        .ssh
        .when("10.0.0.2", "systemctl stop hawser-registry-mocked")
        .effect((command, files) -> stopped.add(files.text(DIRECTORY + "registry.yml")))
        .answer(0, "", "");
    Report report = mocked.bootstrap().init();
    assertThat(stopped).as("before it is put back").containsExactly(config + "# mine\n");
    assertThat(rows(report, "registry"))
        .extracting(HostResult::status)
        .containsExactlyInAnyOrder(Status.OK, Status.CHANGED, Status.OK);
    assertThat(mocked.ssh.files("10.0.0.2").text(DIRECTORY + "registry.yml")).isEqualTo(config);
  }
}

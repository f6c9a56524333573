package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedFile;
import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.RegistryLogins;
import io.hawser.registry.RegistryMode;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.mock.MemoryFiles;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans for clusters that run already are what is done to them, too. */
class PlanOfChangesOnMockTest {
  private static final String CA = "/etc/hawser/registry-ca/sealos.hub-5000.pem";

  @TempDir private Path directory;
  private PlannedHosts hosts;

  @BeforeEach
  void bringUp() {
    hosts = new PlannedHosts(directory);
    Bootstrap first = hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh);
    hosts.run(RegistryMode.SAFE, first.plan());
  }

  /** Every file is as the last of its differences has it, and the next plan is empty. */
  private Report carriedOut(Plan plan, Bootstrap bootstrap) {
    Map<String, Map<String, String>> texts = hosts.texts(plan);
    Report report = PlannedRun.of(plan, bootstrap, hosts.mocked.filesystem()).apply();
    for (String host : MockedCluster.HOSTS) {
      MemoryFiles files = hosts.mocked.ssh.files(host);
      List<String> gone =
          PlannedHosts.all(plan, host, List::of).stream()
              .filter(PlannedChange::takenBack)
              .map(PlannedChange::target)
              .toList();
      Map<String, String> after = new LinkedHashMap<>();
      PlannedHosts.all(plan, host, PlannedChange::files)
          .forEach(file -> after.put(file.path(), file.after()));
      after.keySet().removeAll(gone);
      after.forEach(
          (path, words) ->
              assertThat(PlannedHosts.state(files, path))
                  .as("%s %s", host, path)
                  .startsWith(words.replace("content not shown", "")));
      texts.get(host).keySet().removeAll(gone);
      texts.get(host).forEach((path, text) -> assertThat(files.text(path)).isEqualTo(text));
      assertUndone(plan, host, gone, report);
    }
    assertThat(bootstrap.plan().toTable()).startsWith("nothing to change");
    return report;
  }

  private static void assertUndone(Plan plan, String host, List<String> gone, Report report) {
    List<String> undone =
        report.results(host).stream()
            .flatMap(row -> row.details().stream())
            .filter(line -> line.startsWith("undo "))
            .map(line -> line.replaceFirst(": .*", ""))
            .toList();
    assertThat(undone)
        .as("%s %s", host, gone)
        .isEqualTo(
            PlannedHosts.all(plan, host, List::of).stream()
                .filter(PlannedChange::takenBack)
                .map(PlannedChange::summary)
                .toList());
  }

  @Test
  void aRegistryThatIsRetiredIsTakenBackAsPlanned() {
    Bootstrap fewer = hosts.mocked.withRegistries("10.0.0.1", "10.0.0.2");
    Plan plan = fewer.plan();
    assertThat(plan.toTable())
        .contains("- undo unit hawser-registry-mocked.service")
        .contains("- undo tree /var/lib/sealos/data/mocked/registry");
    assertThat(plan.toDiff())
        .contains(
            "-10.0.0.3 sealos.hub\n", "#   $ systemctl disable hawser-registry-mocked.service");
    carriedOut(plan, fewer);
  }

  @Test
  @DisplayName("S3 a plan shows both steps of a change of the login, and no login")
  void aChangeOfTheLoginIsCarriedOutAsPlanned() {
    RegistryLogins.renewPassword(hosts.mocked.secrets, hosts.mocked.cluster);
    Bootstrap bootstrap = hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh);
    Plan plan = bootstrap.plan();
    assertThat(plan.items().stream().map(Plan.Item::step)).contains("registry", "rotate");
    Report report = carriedOut(plan, bootstrap);
    assertThat(report.results().stream().map(HostResult::step)).contains("rotate");
  }

  @Test
  @DisplayName("S7 a plan shows the authority that is trusted beside the old one, then alone")
  void anotherAuthorityIsTrustedInTwoStepsAsPlanned() {
    Bootstrap others =
        Bootstraps.builder(hosts.mocked.cluster, hosts.mocked.ssh)
            .secrets(new KnownSecrets())
            .build();
    Plan plan = others.plan();
    List<PlannedFile> authorities =
        PlannedHosts.all(plan, "10.0.0.4", PlannedChange::files).stream()
            .filter(file -> file.path().equals(CA))
            .toList();
    assertThat(authorities).hasSize(2);
    assertThat(authorities.get(1).before())
        .as("the second begins where the first ended")
        .isEqualTo(authorities.get(0).after());
    assertThat(authorities.get(0).hunks()).doesNotContain("\n-");
    assertThat(authorities.get(1).hunks()).doesNotContain("\n+");
    assertThat(plan.items().stream().map(Plan.Item::step)).contains("trust");
    Report report = carriedOut(plan, others);
    assertThat(report.results().stream().map(HostResult::step)).contains("trust");
  }

  @Test
  void whatAnEarlierStrategyMadeIsTakenBackAsPlanned() {
    Bootstrap other =
        Bootstraps.builder(hosts.mocked.cluster, hosts.mocked.ssh)
            .secrets(hosts.mocked.secrets)
            .endpoints(EndpointStrategies.hostsFile())
            .build();
    Plan plan = other.plan();
    assertThat(plan.items().stream().flatMap(item -> item.changes().stream()))
        .filteredOn(PlannedChange::takenBack)
        .isNotEmpty();
    carriedOut(plan, other);
  }
}

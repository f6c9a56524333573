package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.registry.ArtifactDistributors;
import io.hawser.registry.Registries;
import io.hawser.report.HostResult;
import io.hawser.report.HtmlReport;
import io.hawser.report.Report;
import io.hawser.report.Topology;
import io.hawser.report.Transfer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports say what each host was sent, and the page shows it. */
class TransfersOnMockTest {
  private static final List<String> REGISTRIES = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");

  @TempDir Path directory;

  private static List<Transfer> sent(Report report, String step) {
    return report.results().stream()
        .filter(row -> row.step().equals(step))
        .flatMap(row -> row.transfers().stream())
        .toList();
  }

  @Test
  void everyHostIsSentTheRootfsAndEveryRegistryTheArtifacts() {
    MockedCluster mocked = new MockedCluster(directory);
    Report mounted = mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    List<Transfer> rootfs = sent(mounted, "mount");
    assertThat(rootfs).extracting(Transfer::to).isEqualTo(MockedCluster.HOSTS);
    assertThat(rootfs).extracting(Transfer::from).containsOnly(Transfer.CONTROLLER);
    assertThat(rootfs).extracting(Transfer::bytes).allMatch(bytes -> bytes > 0);
    assertThat(rootfs)
        .extracting(Transfer::what)
        .containsOnly("/var/lib/sealos/data/mocked/rootfs");

    Report init = mocked.bootstrap().init();
    Registries registries = Registries.builder(mocked.cluster).secrets(mocked.secrets).build();
    List<Transfer> artifacts = sent(init, "distribute");
    assertThat(artifacts).extracting(Transfer::to).isEqualTo(REGISTRIES);
    assertThat(artifacts).extracting(Transfer::bytes).containsOnly(registries.content().bytes());

    Topology topology = registries.topology();
    assertThat(HtmlReport.of(mounted.then(init), topology).toHtml())
        .contains("controller sent 10.0.0.5", ": mount.", ": distribute.");
  }

  @Test
  void aSecondRunSendsNothing() {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.bootstrap().init();
    Report again =
        mocked.filesystem().mountRootfs(MockedCluster.HOSTS).then(mocked.bootstrap().init());
    assertThat(again.results()).flatExtracting(HostResult::transfers).isEmpty();
  }

  @Test
  void aDistributorThatMeasuresNothingHasAPageWithoutItsArrows() {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    Report init =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(mocked.secrets)
            .distributor(
                job ->
                    Report.of(
                        ArtifactDistributors.direct().distribute(job).results().stream()
                            .map(row -> row.transfers(List.of()))
                            .toList()))
            .build()
            .init();
    assertThat(sent(init, "distribute")).isEmpty();
    Registries registries = Registries.builder(mocked.cluster).build();
    String page = HtmlReport.of(init, registries.topology()).toHtml();
    assertThat(page).contains("10.0.0.3", "R3").doesNotContain("controller");
  }
}

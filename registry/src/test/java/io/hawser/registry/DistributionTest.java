package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.MockSsh;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.Mockito;

class DistributionTest {
  private static final Host ONE = Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).build();
  private static final Host TWO = Host.at("10.0.0.2").roles(Role.REGISTRY).build();
  private static final Host THREE = Host.at("10.0.0.3").roles(Role.NODE).build();

  @TempDir Path directory;
  private final SshClient network = Mockito.mock(SshClient.class);
  private final List<Distribution> jobs = new ArrayList<>();

  private Registries registries(TestImage image) {
    Cluster cluster =
        Cluster.named("c")
            .hosts(ONE, TWO, THREE)
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    return Registries.builder(cluster)
        .secrets(ClusterSecretStores.inMemory())
        .distributor(
            job -> {
              jobs.add(job);
              return Report.empty();
            })
        .build();
  }

  @Test
  @DisplayName("D8 damaged source is sent to nobody and every host says so")
  void damagedSourceIsSentToNobodyAndEveryHostSaysSo() {
    TestImage image = new TestImage(directory);
    image.push("web", "1.0", "layer");
    image.write(StorageEntry.blobPath(image.blob("layer")), "Layer");
    Report report = registries(image).distribute(network, List.of(ONE, TWO));
    assertThat(report.results())
        .extracting(HostResult::host)
        .containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(report.failures()).hasSize(2);
    HostResult first = report.results().get(0);
    assertThat(first.message()).startsWith("nothing was sent: the images hold damaged artifacts: ");
    assertThat(first.details()).hasSize(1);
    assertThat(first.field()).isEqualTo("spec.image");
    assertThat(jobs).isEmpty();
    Mockito.verifyNoInteractions(network);
  }

  @Test
  void imagesWithoutArtifactsAreDoneAtOnce() {
    Report report = registries(new TestImage(directory)).distribute(network, List.of(ONE));
    assertThat(report.results()).extracting(HostResult::status).containsExactly(Status.OK);
    assertThat(report.results().get(0).message()).isEqualTo("the images hold no artifacts");
    Mockito.verifyNoInteractions(network);
  }

  @Test
  void theDistributorIsToldWhatGoesWhere() {
    TestImage image = new TestImage(directory);
    image.push("web", "1.0", "layer");
    registries(image).distribute(MockSsh.create(), List.of(TWO));
    Distribution job = jobs.get(0);
    assertThat(job.directory()).isEqualTo("/var/lib/sealos/data/c/registry");
    assertThat(job.targets()).containsExactly(TWO);
    assertThat(job.access(TWO).host()).isEqualTo(TWO);
    assertThat(job.content().repositories()).containsExactly("web");
    assertThat(job.left()).isPositive();
  }

  @Test
  void noHostMeansNothingIsDone() {
    TestImage image = new TestImage(directory);
    image.push("web", "1.0", "layer");
    assertThat(registries(image).distribute(network, List.of()).isEmpty()).isTrue();
  }

  @Test
  void hostThatRunsNoReplicaIsACallersMistake() {
    Registries registries = registries(new TestImage(directory));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registries.distribute(network, List.of(THREE)))
        .withMessageContaining("10.0.0.3 runs no replica");
  }

  private Distribution.Builder failingJob(List<HostResult> heard) {
    TestImage image = new TestImage(directory);
    image.push("web", "1.0", "layer");
    return Distribution.builder(
            image.content(),
            "/data",
            host -> {
              throw new IllegalStateException(host.address() + ": disk full");
            })
        .targets(List.of(ONE, TWO))
        .listener(heard::add);
  }

  @Test
  void hostThatFailsIsItsOwnRow() {
    List<HostResult> heard = Collections.synchronizedList(new ArrayList<>());
    Report report = ArtifactDistributors.direct().distribute(failingJob(heard).build());
    assertThat(report.results())
        .extracting(HostResult::message)
        .containsExactly(
            "the artifacts were not brought to the host: 10.0.0.1: disk full",
            "the artifacts were not brought to the host: 10.0.0.2: disk full");
    assertThat(report.failures()).hasSize(2).allMatch(row -> row.hint() != null);
    assertThat(heard).containsExactlyInAnyOrderElementsOf(report.results());
  }

  @Test
  void hostIsNotBegunAfterTheDeadline() {
    Report report =
        ArtifactDistributors.direct()
            .distribute(failingJob(new ArrayList<>()).within(Duration.ZERO).build());
    assertThat(report.failures())
        .hasSize(2)
        .allMatch(row -> row.message().contains("time for distributing was over"));
  }
}

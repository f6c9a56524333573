package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.host.TreeFile;
import io.hawser.registry.ArtifactRescue;
import io.hawser.registry.RegistryContent;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controller has lost the images, and some registry has them still. */
class LostArtifactsOnMockTest {
  @TempDir Path directory;
  private MockedCluster mocked;

  /** Registries on .1, .2 and .3. */
  @BeforeEach
  void init() {
    mocked = new MockedCluster(directory);
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.withRegistries("10.0.0.1", "10.0.0.2", "10.0.0.3").init();
  }

  private String list(String host) {
    return mocked.ssh.files(host).text("/etc/containerd/certs.d/sealos.hub:5000/hosts.toml");
  }

  private static List<HostResult> retired(Report report) {
    return report.results().stream().filter(row -> row.step().equals("retire")).toList();
  }

  @Test
  void artifactsThatTheControllerLostComeBackFromASurvivingReplica(@TempDir Path elsewhere)
      throws IOException {
    Path images = directory.resolve("registry");
    Path lost = Files.move(images, elsewhere.resolve("lost"));
    Bootstrap changed = mocked.withRegistries("10.0.0.2", "10.0.0.4");
    Report report = catchThrowableOfType(BootstrapException.class, changed::init).report();
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host()).isEqualTo("10.0.0.4");
              assertThat(row.message())
                  .contains("no artifacts any more")
                  .endsWith("they are on 10.0.0.1, 10.0.0.2, 10.0.0.3");
              assertThat(row.hint()).contains("ArtifactRescue");
            });
    assertThat(list("10.0.0.5")).contains("10.0.0.2:5000").doesNotContain("10.0.0.4:5000");
    Report without = mocked.withRegistries("10.0.0.2").init();
    assertThat(retired(without))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row.message()).contains("no artifacts any more, but it"));
    assertThat(mocked.ssh.units("10.0.0.1").containsKey("hawser-registry-mocked"))
        .as("its artifacts may be the last")
        .isTrue();

    HostResult rescued = ArtifactRescue.fromReplica(mocked.ssh, mocked.cluster, "10.0.0.3", images);
    assertThat(rescued.status()).as(rescued.message()).isEqualTo(Status.OK);
    assertThat(digests(images)).isEqualTo(digests(lost));
    assertThat(retired(mocked.withRegistries("10.0.0.2", "10.0.0.4").init()))
        .extracting(HostResult::host)
        .containsExactly("10.0.0.1", "10.0.0.3");
    assertThat(list("10.0.0.5")).contains("10.0.0.2:5000", "10.0.0.4:5000");
  }

  private static List<String> digests(Path storage) {
    return RegistryContent.read(List.of(storage)).tree().files().stream()
        .map(file -> file.path() + (file.type() == TreeFile.Type.FILE ? " " + file.sha256() : ""))
        .toList();
  }

  @Test
  void aDamagedReplicaIsNotTakenForASource(@TempDir Path elsewhere) {
    String storage = "/var/lib/sealos/data/mocked/registry/docker/registry/v2/blobs/sha256";
    String blob =
        mocked.ssh.files("10.0.0.3").paths(storage).stream()
            .filter(path -> path.endsWith("/data"))
            .findFirst()
            .orElseThrow();
    mocked.ssh.files("10.0.0.3").write(blob, "other bytes");
    Path into = elsewhere.resolve("registry");
    HostResult row = ArtifactRescue.fromReplica(mocked.ssh, mocked.cluster, "10.0.0.3", into);
    assertThat(row.status()).isEqualTo(Status.FAILED);
    assertThat(row.message()).contains("is damaged");
    assertThat(row.hint()).isEqualTo("ask another replica");
    assertThat(into).doesNotExist();
  }
}

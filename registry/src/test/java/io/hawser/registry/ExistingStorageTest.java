package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas whose directory holds something before Hawser has come. */
class ExistingStorageTest {
  private static final String THEIRS = "docker/registry/v2/blobs/sha256/aa/theirs/data";

  @TempDir Path directory;
  private ThreeReplicas replicas;

  @BeforeEach
  void theSecondHostHoldsSomething() throws IOException {
    replicas = new ThreeReplicas(directory.resolve("hosts"));
    replicas.write(2, THEIRS, "theirs");
  }

  private Report distribute(ExistingStorage existing) {
    return Registries.builder(replicas.cluster)
        .secrets(ClusterSecretStores.inMemory())
        .existing(existing)
        .build()
        .distribute(replicas.shell, replicas.cluster.hosts());
  }

  @Test
  void refusedItIsNamedAndUntouchedAndTheOthersAreFilled() throws IOException {
    Report report = distribute(ExistingStorage.REFUSE);
    assertThat(report.results())
        .extracting(HostResult::host, HostResult::status)
        .containsExactly(
            tuple("10.0.0.1", Status.CHANGED),
            tuple("10.0.0.2", Status.FAILED),
            tuple("10.0.0.3", Status.CHANGED));
    HostResult refused = report.results().get(1);
    assertThat(refused.message())
        .contains("/var/lib/sealos/data/c/registry holds 1 files that are not of this cluster's");
    assertThat(refused.details()).containsExactly(THEIRS);
    assertThat(refused.hint()).contains("ExistingStorage.MERGE");
    assertThat(replicas.snapshot(2)).isEqualTo(Map.of(THEIRS, "theirs"));
    assertThat(replicas.snapshot(3)).isEqualTo(replicas.snapshot(1)).isNotEmpty();
  }

  @Test
  void whatHawserBeganItselfIsNotRefused() throws IOException {
    distribute(ExistingStorage.REFUSE);
    replicas.write(1, THEIRS, "pushed later");
    assertThat(distribute(ExistingStorage.REFUSE).results())
        .extracting(HostResult::status)
        .containsExactly(Status.OK, Status.FAILED, Status.OK);
  }

  @Test
  void mergedItStays() throws IOException {
    assertThat(distribute(ExistingStorage.MERGE).succeeded()).isTrue();
    assertThat(replicas.snapshot(2))
        .containsEntry(THEIRS, "theirs")
        .containsAllEntriesOf(replicas.snapshot(1));
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.HostPaths;
import io.hawser.filesystem.Filesystems;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that users put into directories of Hawser. */
class PurgeOnMockTest {
  private static final List<String> HOST = List.of("10.0.0.4");

  @TempDir private Path directory;

  @Test
  @DisplayName("D21 what users added stays with a warning, and goes when purge was chosen")
  void purgeIsAChoice() {
    for (boolean purge : List.of(false, true)) {
      MockedCluster mocked = new MockedCluster(directory.resolve("purge-" + purge));
      Map<String, List<String>> before = mocked.paths();
      mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
      mocked.bootstrap().init();
      String mine = HostPaths.of(mocked.cluster).scripts() + "/mine.sh";
      mocked.ssh.files("10.0.0.4").write(mine, "mine");
      Report again = mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
      assertThat(again.results(HOST.get(0)).get(0).message()).isEqualTo("nothing to change");
      assertThat(again.results(HOST.get(0)).get(0).details())
          .anyMatch(line -> line.endsWith("left as they are: scripts/mine.sh (1 in all)"));
      assertThat(mocked.ssh.files("10.0.0.4").exists(mine)).isTrue();

      Bootstraps.builder(mocked.cluster, mocked.ssh)
          .secrets(mocked.secrets)
          .purge(purge)
          .build()
          .reset();
      Report unmounted =
          Filesystems.builder(mocked.cluster, mocked.ssh)
              .purge(purge)
              .build()
              .unMountRootfs(MockedCluster.HOSTS);
      assertThat(unmounted.results(HOST.get(0)))
          .extracting(row -> row.status())
          .containsExactly(purge ? Status.CHANGED : Status.WARNING);
      assertThat(mocked.ssh.files("10.0.0.4").exists(mine)).isEqualTo(!purge);
      if (purge) {
        assertThat(mocked.paths()).isEqualTo(before);
      }
    }
  }
}

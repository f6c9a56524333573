package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at before anything is changed. */
class PreflightOnMockTest {
  @TempDir Path directory;

  @Test
  @DisplayName("C13 programs that a host lacks are listed before anything is done")
  void programsThatAHostLacksAreListed() {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.ssh.facts("10.0.0.2", Map.of("tools", "tar find xargs cksum", "sha256", ""));
    Map<String, List<String>> before = mocked.paths();
    Bootstrap bootstrap =
        Bootstraps.builder(mocked.cluster, mocked.ssh)
            .secrets(ClusterSecretStores.inMemory())
            .build();

    HostResult row = tools(preflight(bootstrap), "10.0.0.2");
    assertThat(row.status()).isEqualTo(Status.FAILED);
    assertThat(row.message())
        .startsWith("not found: base64, openssl or sha256sum, bash (for the rootfs's scripts)");
    assertThat(tools(preflight(bootstrap), "10.0.0.4").status()).isEqualTo(Status.OK);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  private static Report preflight(Bootstrap bootstrap) {
    try {
      return bootstrap.preflight();
    } catch (BootstrapException e) {
      return e.report();
    }
  }

  private static HostResult tools(Report report, String host) {
    return report.results().stream()
        .filter(row -> row.host().equals(host) && row.step().equals("tools"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report.toTable()));
  }
}

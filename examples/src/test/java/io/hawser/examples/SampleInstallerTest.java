package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import io.hawser.testkit.EmbeddedCluster;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the author of an installer tests it: real SSH servers and registries, one annotation. */
@EmbeddedCluster
class SampleInstallerTest {
  private static final String IMAGE = "sealos.hub:5000/sample/app-0:v1";

  /** The installer under test. */
  private record SampleInstaller(Cluster cluster, SshClient ssh) {
    Report install() {
      List<String> hosts =
          cluster.hosts().stream().map(host -> host.address() + ":" + host.ssh().port()).toList();
      Filesystems.of(cluster, ssh).mountRootfs(hosts);
      return Bootstraps.builder(cluster, ssh)
          .secrets(ClusterSecretStores.inMemory())
          .build()
          .init();
    }
  }

  @Test
  void theNodePullsAlsoWhenARegistryIsLost(
      Cluster cluster, SshClient ssh, EmbeddedHosts hosts, @TempDir Path images) {
    Cluster wanted = cluster.withMounts(List.of(SampleImages.of(1).writeRootfs(images)));

    Report report = new SampleInstaller(wanted, ssh).install();

    assertThat(report.succeeded()).isTrue();
    assertThat(hosts.pullClient(2).pull(IMAGE).failures()).isEmpty();
    hosts.stop(0);
    assertThat(hosts.pullClient(2).pull(IMAGE).endpoints())
        .containsExactly("https://" + hosts.address(1) + ":5000");
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.Registries;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.ssh.mock.MemoryFiles;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plain reset leaves nothing of blobs of ours that were damaged, repaired or not. */
@Timeout(120)
class ResetAfterRepairTest {
  @TempDir private Path directory;

  private static void assertRepaired(Registries registries, SshClient ssh, String host) {
    Report repaired = registries.repair(ssh, registries.replicas());
    assertThat(repaired.results(host))
        .as(repaired::toTable)
        .extracting(row -> row.message())
        .containsExactly("repaired: 1 damaged");
  }

  private static void assertReset(Bootstrap bootstrap, Filesystem filesystem, List<String> hosts) {
    Report reset = bootstrap.reset().then(filesystem.unMountRootfs(hosts));
    assertThat(reset.results())
        .as(reset::toTable)
        .noneMatch(row -> row.status() == Status.WARNING || row.status().isFailure());
  }

  @Test
  @DisplayName("D5 F11 reset after a repair leaves nothing on hosts in memory, without purge")
  void onHostsInMemory() {
    MockedCluster mocked = new MockedCluster(directory);
    Map<String, List<String>> before = mocked.paths();
    mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    mocked.bootstrap().init();
    Registries registries = Registries.builder(mocked.cluster).secrets(mocked.secrets).build();
    MemoryFiles files = mocked.ssh.files("10.0.0.2");
    List<String> blobs = files.paths().stream().filter(path -> path.endsWith("/data")).toList();
    for (int i = 0; i < 2; i++) {
      files.write(blobs.get(0), "rotten " + i);
      assertRepaired(registries, mocked.ssh, "10.0.0.2");
    }
    files.write(blobs.get(1), "");
    assertReset(mocked.bootstrap(), mocked.filesystem(), MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  @DisplayName("D5 F11 reset after a repair leaves nothing on an embedded host, without purge")
  void onAnEmbeddedHost() throws IOException {
    try (EmbeddedHosts hosts = EmbeddedHosts.start(1);
        SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      Cluster cluster =
          Cluster.named("rotten")
              .hosts(hosts.cluster("rotten", "master,registry").hosts())
              .mount(SampleImages.of(1).writeRootfs(directory.resolve("rootfs")))
              .build();
      ClusterSecrets secrets = ClusterSecretStores.inMemory();
      Bootstrap bootstrap = Bootstraps.builder(cluster, ssh).secrets(secrets).build();
      Filesystem filesystem = Filesystems.of(cluster, ssh);
      List<String> addresses = List.of(hosts.address(0));
      HostSnapshot before = hosts.snapshot(0);
      filesystem.mountRootfs(addresses);
      bootstrap.init();
      List<Path> blobs = blobs(hosts.root(0));
      Files.writeString(blobs.get(0), "rotten");
      Registries registries = Registries.builder(cluster).secrets(secrets).build();
      assertRepaired(registries, ssh, hosts.address(0));
      Files.writeString(blobs.get(1), "");
      assertReset(bootstrap, filesystem, addresses);
      assertThat(before.differences(hosts.snapshot(0))).isEmpty();
    }
  }

  private static List<Path> blobs(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve("var/lib/sealos/data/rotten/registry"))) {
      return all.filter(path -> path.endsWith("data") && Files.isRegularFile(path))
          .sorted()
          .toList();
    }
  }
}

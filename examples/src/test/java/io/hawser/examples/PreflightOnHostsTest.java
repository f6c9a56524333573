package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.assertFindings;
import static io.hawser.examples.LookedAtCluster.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preflight on hosts that are there: by the agent's own script, over SSH. */
class PreflightOnHostsTest {
  @TempDir Path directory;

  @Test
  @DisplayName("hosts are as they were before; a port that is taken is found, ours is not")
  void hostsAreAsTheyWereBefore() throws IOException {
    try (EmbeddedHosts hosts = EmbeddedHosts.start(2);
        SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      Cluster cluster = cluster(hosts);
      List<String> all =
          cluster.hosts().stream().map(host -> host.address() + ":" + host.ssh().port()).toList();
      Filesystems.of(cluster, ssh).mountRootfs(all);
      Bootstrap bootstrap =
          Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory()).build();
      List<HostSnapshot> before = List.of(hosts.snapshot(0), hosts.snapshot(1));
      assertFindings(bootstrap.preflight());

      int port = Integer.parseInt(cluster.env().getOrDefault("registryPort", "5000"));
      try (ServerSocket taken = new ServerSocket()) {
        taken.bind(new InetSocketAddress(InetAddress.getByName(hosts.address(0)), port));
        assertThat(findings(bootstrap.preflight()))
            .singleElement()
            .asString()
            .matches(".* registry port FAILED: port " + port + " is taken by .+");
      }
      assertThat(before.get(0).differences(hosts.snapshot(0))).isEmpty();
      assertThat(before.get(1).differences(hosts.snapshot(1))).isEmpty();

      bootstrap.init();
      HostSnapshot initialised = hosts.snapshot(0);
      // The rootfs's own check is not run again; everything else is as it should be.
      assertThat(findings(bootstrap.preflight()))
          .hasSize(2)
          .allMatch(row -> row.contains(" check SKIPPED: "));
      assertThat(initialised.differences(hosts.snapshot(0))).isEmpty();
      bootstrap.reset();
    }
  }

  private Cluster cluster(EmbeddedHosts hosts) throws IOException {
    Path file = directory.resolve("Clusterfile");
    SampleImages images = SampleImages.of(1).withLayerBytes(3000);
    Files.writeString(
        file,
        hosts.clusterfileText(
            "looked-at",
            List.of(images.writeRootfs(directory.resolve("rootfs"))),
            "master,registry",
            "node"));
    return hosts.withRoots(Clusterfiles.read(file));
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.EndpointStrategies;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.PulledImage;
import io.hawser.testkit.SampleImage;
import io.hawser.testkit.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadSpreadTest {
  private static final int REPLICAS = 3;
  private static final int NODES = 20;

  @Test
  @DisplayName("S13 the load of 20 pulls is spread over three replicas within 20 percent")
  void s13LoadOfPullsIsSpread(@TempDir Path directory) throws Exception {
    List<String> roles = new ArrayList<>(Collections.nCopies(REPLICAS, "master,registry"));
    roles.addAll(Collections.nCopies(NODES, "node"));
    try (EmbeddedHosts hosts = EmbeddedHosts.start(roles.size())) {
      SampleImages images = SampleImages.of(1);
      ImageMount rootfs = images.writeRootfs(directory.resolve("rootfs"));
      SampleImage image = images.writeStorage(directory.resolve("rootfs/registry")).get(0);
      Path file = directory.resolve("Clusterfile");
      Files.writeString(
          file, hosts.clusterfileText("spread", List.of(rootfs), roles.toArray(String[]::new)));
      Cluster cluster = hosts.withRoots(Clusterfiles.read(file));
      try (SshClient ssh =
          SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
        Filesystems.of(cluster, ssh)
            .mountRootfs(
                cluster.hosts().stream()
                    .map(host -> host.address() + ":" + host.ssh().port())
                    .toList());
        Bootstraps.builder(cluster, ssh)
            .secrets(ClusterSecretStores.inMemory())
            .endpoints(EndpointStrategies.lists())
            .build()
            .init();
      }
      Map<String, Long> bytes = pulledBytes(hosts, image.in("sealos.hub:5000"));
      double fair = bytes.values().stream().mapToLong(Long::longValue).sum() / (double) REPLICAS;
      assertThat(bytes).hasSize(REPLICAS);
      for (long served : bytes.values()) {
        assertThat((double) served).isCloseTo(fair, Percentage.withPercentage(20));
      }
    }
  }

  /** How much each replica served of one pull by each node. */
  private static Map<String, Long> pulledBytes(EmbeddedHosts hosts, String reference) {
    List<PulledImage> pulls = new ArrayList<>();
    for (int node = REPLICAS; node < REPLICAS + NODES; node++) {
      pulls.add(hosts.pullClient(node).pull(reference));
    }
    return pulls.stream()
        .flatMap(pull -> pull.parts().stream())
        .collect(
            Collectors.groupingBy(
                PulledImage.Part::endpoint, Collectors.summingLong(PulledImage.Part::size)));
  }
}

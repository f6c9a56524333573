package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.PullsOnNodes;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.EndpointStrategies;
import io.hawser.registry.EndpointStrategy;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are told of the registries in another way while containerd pulls on them. */
@RealHosts(4)
@InControllerNetwork
@Timeout(180)
class StrategyChangeIT {
  private static final String IMAGE = "lab/app:v1";
  private static final String WATCH = "hawser-registry-watch-sealos.hub-5000";
  private static final String PROXY = "hawser-registry-proxy-sealos.hub-5000";

  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();

  @Test
  @DisplayName("no pull fails while nodes change from lists to the watch, to HAProxy and back")
  void noPullFailsDuringTheChange(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    List<List<String>> before = HostTrees.of(lab);
    try (SshClient ssh =
        SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build()) {
      Cluster cluster = cluster(lab, rootfs);
      with(EndpointStrategies.lists(), cluster, ssh).init();
      List<String> pulls;
      try (PullsOnNodes loop = PullsOnNodes.start(lab, IMAGE, 3, 4)) {
        loop.awaitMore(2);
        changeTo(EndpointStrategies.standard(), cluster, ssh, loop);
        assertThat(running(lab, 3, WATCH)).isTrue();
        changeTo(EndpointStrategies.haproxy(), cluster, ssh, loop);
        assertThat(running(lab, 3, WATCH)).isFalse();
        assertThat(running(lab, 4, PROXY)).isTrue();
        changeTo(EndpointStrategies.containerd(), cluster, ssh, loop);
        assertThat(running(lab, 4, PROXY)).isFalse();
        changeTo(EndpointStrategies.lists(), cluster, ssh, loop);
        pulls = loop.end();
      }
      System.out.println(
          "shown: " + pulls.size() + " pulls by containerd on two nodes during four changes");
      assertThat(pulls).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("pulled "));
      with(EndpointStrategies.lists(), cluster, ssh).reset();
    }
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(after.get(host)).as("files of host " + (host + 1)).isEqualTo(before.get(host));
    }
  }

  private void changeTo(
      EndpointStrategy strategy, Cluster cluster, SshClient ssh, PullsOnNodes loop) {
    with(strategy, cluster, ssh).init();
    assertThat(with(strategy, cluster, ssh).plan().hasChanges()).isFalse();
    loop.awaitMore(4);
  }

  private Bootstrap with(EndpointStrategy strategy, Cluster cluster, SshClient ssh) {
    return Bootstraps.builder(cluster, ssh).secrets(secrets).endpoints(strategy).build();
  }

  private static boolean running(Lab lab, int host, String unit) {
    return lab.on(host, "systemctl is-active " + unit).status() == 0;
  }

  private static Cluster cluster(Lab lab, Path rootfs) {
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    ImageMount image =
        new ImageMount("r", ImageType.ROOTFS, "lab/rootfs:v1", rootfs, Map.of(), Map.of());
    Host.Builder first = Host.at(lab.address(1)).ssh(access).roles(Role.MASTER, Role.REGISTRY);
    Host.Builder second = Host.at(lab.address(2)).ssh(access).roles(Role.NODE, Role.REGISTRY);
    return Cluster.named("lab")
        .hosts(
            first.build(),
            second.build(),
            Host.at(lab.address(3)).ssh(access).roles(Role.NODE).build(),
            Host.at(lab.address(4)).ssh(access).roles(Role.NODE).build())
        .mount(image)
        .build();
  }
}

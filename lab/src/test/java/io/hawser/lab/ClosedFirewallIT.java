package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A registry that serves its own host and nobody else, behind a real firewall. */
@RealHosts(2)
@InControllerNetwork
@Timeout(120)
class ClosedFirewallIT {
  private static final String RULE =
      " INPUT ! -i lo -p tcp --dport 5000 -j REJECT --reject-with tcp-reset";

  @Test
  @DisplayName("S9 nodes are told of no registry that none of them reaches")
  void nodesAreToldOfNoRegistryThatNoneReaches(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    String list = "cat /etc/containerd/certs.d/sealos.hub:5000/hosts.toml";
    try (SshClient ssh =
        SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build()) {
      Bootstrap bootstrap =
          Bootstraps.builder(cluster(lab, rootfs), ssh)
              .secrets(ClusterSecretStores.inMemory())
              .build();
      lab.on(1, "iptables -I" + RULE).ok();
      assertThatThrownBy(bootstrap::init)
          .isInstanceOfSatisfying(
              BootstrapException.class,
              e -> {
                HostResult row = ready(e.report(), lab);
                assertThat(row.status()).isEqualTo(Status.FAILED);
                assertThat(row.message())
                    .startsWith("serves its own host, but not " + lab.address(2) + ": ");
              });
      assertThat(lab.on(2, list).status()).as("the node was told").isNotZero();

      lab.on(1, "iptables -D" + RULE).ok();
      HostResult row = ready(bootstrap.init(), lab);
      assertThat(row.status()).isEqualTo(Status.OK);
      assertThat(row.message()).endsWith(", for " + lab.address(2) + ", too");
      assertThat(lab.on(2, list).ok().output()).contains(lab.address(1) + ":5000");
      bootstrap.reset();
    }
  }

  private static HostResult ready(Report report, Lab lab) {
    return report.results(lab.address(1)).stream()
        .filter(row -> row.step().equals("ready"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(report.toTable()));
  }

  private static Cluster cluster(Lab lab, Path rootfs) {
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    ImageMount image =
        new ImageMount("r", ImageType.ROOTFS, "lab/rootfs:v1", rootfs, Map.of(), Map.of());
    return Cluster.named("lab")
        .hosts(
            Host.at(lab.address(1)).ssh(access).roles(Role.MASTER, Role.REGISTRY).build(),
            Host.at(lab.address(2)).ssh(access).roles(Role.NODE).build())
        .mount(image)
        .build();
  }
}

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
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.PullsOnNodes;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.hosts.SealosCluster;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.RegistryMode;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of four real hosts that sealos made is taken over while containerd pulls on two. */
@RealHosts(4)
@InControllerNetwork
@Timeout(300)
class AdoptedClusterIT {
  private static final String IMAGE = "lab/app:v1";
  private static final String PID = "systemctl show -p MainPID registry | cut -d= -f2";
  private static final String DIE = "kill -9 $(" + PID + ") $(cat /run/sshd.pid)";
  private static final String SERVES =
      "curl -sS -o /dev/null --retry 20 --retry-delay 1 --retry-connrefused"
          + " http://127.0.0.1:5000/v2/";

  @Test
  void aClusterOfSealosGrowsToThreeRegistriesWithoutAFailedPullAndIsGivenBack(
      Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    SealosCluster.make(lab, rootfs);
    List<List<String>> before = HostTrees.of(lab);
    String registry = lab.on(1, PID).ok().output();
    List<String> pulls;
    try (SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build();
        PullsOnNodes loop = PullsOnNodes.start(lab, SealosCluster.LOGIN, IMAGE, 3, 4)) {
      Cluster cluster = cluster(lab, rootfs);
      Filesystem filesystem = Filesystems.of(cluster, ssh);
      Bootstrap bootstrap =
          Bootstraps.builder(cluster, ssh)
              .mode(RegistryMode.SEALOS)
              .secrets(ClusterSecretStores.inMemory())
              .build();
      loop.awaitMore(2);
      assertThat(bootstrap.preflight().succeeded()).as("preflight").isTrue();
      filesystem.mountRootfs(addresses(lab));
      bootstrap.init();
      loop.awaitMore(3);
      assertThat(serving(lab)).containsExactly(1, 2, 3);
      assertThat(lab.on(1, PID).ok().output()).as("its registry goes on").isEqualTo(registry);
      for (int host = 1; host <= lab.size(); host++) {
        assertThat(lab.on(host, "grep -c sealos$ /etc/sysctl.conf").ok().output().strip())
            .as("runs of init.sh on host " + host)
            .isEqualTo("1");
      }
      assertThat(bootstrap.plan().toTable()).startsWith("nothing to change");
      assertThat(bootstrap.init().changed()).as("the second run changes something").isFalse();

      lab.on(1, DIE).ok();
      loop.awaitMore(3);
      pulls = loop.end();
      show(pulls);
      assertThat(pulls).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("pulled "));

      lab.verb("kill", "1").ok();
      lab.verb("heal", "1").ok();
      lab.on(1, SERVES).ok();
      bootstrap.reset();
      filesystem.unMountRootfs(addresses(lab));
    }
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(after.get(host)).as("files of host " + (host + 1)).isEqualTo(before.get(host));
    }
    assertThat(serving(lab)).containsExactly(1);
    try (PullsOnNodes loop = PullsOnNodes.start(lab, SealosCluster.LOGIN, IMAGE, 3, 4)) {
      loop.awaitMore(1);
      assertThat(loop.end()).allMatch(line -> line.startsWith("pulled "));
    }
  }

  private static List<String> addresses(Lab lab) {
    return IntStream.rangeClosed(1, lab.size()).mapToObj(lab::address).toList();
  }

  private static List<Integer> serving(Lab lab) {
    return IntStream.rangeClosed(1, lab.size())
        .filter(host -> lab.on(host, "systemctl is-active registry").status() == 0)
        .boxed()
        .toList();
  }

  /** One master, as sealos made it, and registries on the first three. */
  private static Cluster cluster(Lab lab, Path rootfs) {
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    List<Host> hosts = new ArrayList<>();
    for (int i = 1; i <= lab.size(); i++) {
      Host.Builder host = Host.at(lab.address(i)).ssh(access);
      host.roles(i == 1 ? Role.MASTER : Role.NODE);
      if (i <= 3) {
        host.roles(Role.REGISTRY);
      }
      hosts.add(host.build());
    }
    Map<String, String> env =
        Map.of(
            "registryData", "/var/lib/registry",
            "registryConfig", "/etc/registry",
            "registryDomain", "sealos.hub",
            "registryPort", "5000",
            "odd", "plain");
    Map<String, String> labels =
        Map.of(
            "check", "check.sh $registryData",
            "init", "init.sh",
            "clean", "clean.sh",
            "init-cri", "init-cri.sh $registryDomain $registryPort",
            "clean-cri", "clean-cri.sh $registryDomain $registryPort",
            "init-registry", "init-registry.sh $registryData $registryConfig",
            "clean-registry", "clean-registry.sh $registryData $registryConfig");
    return Cluster.named("lab")
        .hosts(hosts)
        .mount(new ImageMount("r", ImageType.ROOTFS, "lab/rootfs:v1", rootfs, env, labels))
        .build();
  }

  private static void show(List<String> pulls) {
    List<Long> good =
        pulls.stream()
            .filter(line -> line.startsWith("pulled "))
            .map(line -> Long.parseLong(line.substring(7)))
            .sorted()
            .toList();
    System.out.println(
        "shown: "
            + pulls.size()
            + " pulls by containerd on two nodes during adoption and the loss of the first master,"
            + " failed: "
            + (pulls.size() - good.size())
            + ", median "
            + good.get(good.size() / 2)
            + " ms, slowest "
            + good.get(good.size() - 1)
            + " ms");
  }
}

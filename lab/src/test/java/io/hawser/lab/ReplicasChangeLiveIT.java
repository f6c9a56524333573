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
import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.PullsOnNodes;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Registries are added, removed and replaced on real hosts while containerd pulls on two nodes. */
@RealHosts(4)
@InControllerNetwork
@Timeout(180)
class ReplicasChangeLiveIT {
  private static final String IMAGE = "lab/app:v1";
  private static final String DIE =
      "kill -9 $(systemctl show -p MainPID hawser-registry-lab | cut -d= -f2)"
          + " $(cat /run/sshd.pid)";

  @Test
  @DisplayName(
      "F8 no pull fails while registries are added, removed, and the dead first is replaced")
  void registriesMoveWhileContainerdPulls(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    List<List<String>> before = HostTrees.of(lab);
    Registries registries = new Registries(lab, rootfs, ClusterSecretStores.inMemory());
    registries.move(1);
    List<String> pulls;
    try (PullsOnNodes loop = PullsOnNodes.start(lab, IMAGE, 3, 4)) {
      loop.awaitMore(2);
      assertThat(registries.move(1, 2)).as("one is added").isEmpty();
      loop.awaitMore(2);

      // The first master has the first replica, which node 3 asks first. Its processes die; of one
      // that loses power containerd 1.6 would ask for a minute or more, which is not seen here.
      lab.on(1, DIE).ok();
      assertThatThrownBy(() -> registries.move(2, 3))
          .isInstanceOfSatisfying(
              BootstrapException.class,
              e ->
                  assertThat(e.report().failures())
                      .extracting(HostResult::host)
                      .containsOnly(lab.address(1)));
      assertThat(registries.serving()).containsExactly(2, 3);
      loop.awaitMore(2);

      lab.verb("kill", "1").ok();
      lab.verb("heal", "1").ok();
      assertThat(registries.move(3, 4)).as("the dead one, one is exchanged").containsExactly(1, 2);
      assertThat(registries.serving()).containsExactly(3, 4);
      loop.awaitMore(2);
      pulls = loop.end();
    }
    show(pulls);
    assertThat(pulls).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("pulled "));
    registries.call(Bootstrap::reset, 3, 4);
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(after.get(host)).as("files of host " + (host + 1)).isEqualTo(before.get(host));
    }
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
            + " pulls by containerd on two nodes, failed: "
            + (pulls.size() - good.size())
            + ", median "
            + good.get(good.size() / 2)
            + " ms, slowest "
            + good.get(good.size() - 1)
            + " ms");
  }

  /** The registries of one cluster; each call is one of a new program. */
  private record Registries(Lab lab, Path rootfs, ClusterSecrets secrets) {
    /** Says where they shall be, and gives the hosts whose registry was removed. */
    List<Integer> move(Integer... hosts) {
      Report report = call(Bootstrap::init, hosts);
      return numbers(
          i ->
              report.results(lab.address(i)).stream()
                  .anyMatch(row -> row.step().equals("retire") && row.status() == Status.CHANGED));
    }

    Report call(Function<Bootstrap, Report> what, Integer... hosts) {
      try (SshClient ssh =
          SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build()) {
        return what.apply(
            Bootstraps.builder(cluster(List.of(hosts)), ssh).secrets(secrets).build());
      }
    }

    private Cluster cluster(List<Integer> registries) {
      SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
      List<Host> hosts = new ArrayList<>();
      for (int i = 1; i <= lab.size(); i++) {
        Host.Builder host = Host.at(lab.address(i)).ssh(access);
        host.roles(i <= 2 ? Role.MASTER : Role.NODE);
        if (registries.contains(i)) {
          host.roles(Role.REGISTRY);
        }
        hosts.add(host.build());
      }
      ImageMount image =
          new ImageMount("r", ImageType.ROOTFS, "lab/rootfs:v1", rootfs, Map.of(), Map.of());
      return Cluster.named("lab").hosts(hosts).mount(image).build();
    }

    List<Integer> serving() {
      return numbers(i -> lab.on(i, "systemctl is-active hawser-registry-lab").status() == 0);
    }

    private List<Integer> numbers(Function<Integer, Boolean> which) {
      return IntStream.rangeClosed(1, lab.size()).boxed().filter(which::apply).toList();
    }
  }
}

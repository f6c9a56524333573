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
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults of real hosts, each made and taken away again: exactly that row, and then none. */
@RealHosts(3)
@InControllerNetwork
@Timeout(180)
class PreflightCatalogueIT {
  /** What a host runs, listens on and holds, but for what changes by itself. */
  private static final String STATE =
      "find / -xdev ( -path /proc -o -path /sys -o -path /run -o -path /var/log -o -path /tmp )"
              .replace("(", "\\(")
              .replace(")", "\\)")
          + " -prune -o -printf '%p %y %m %s %l %t\\n' | sort;"
          + " ls /tmp /run; ps -eo comm= | grep -v -e sshd -e '^ps$' -e '^sh$' -e sort -e grep"
          + " -e bash | sort; cut -d ' ' -f 2-5 /proc/net/tcp | grep ' 0A' | sort";

  /** What is done on a host, and undone, and the row that it gives. */
  private record Fault(int host, String make, String heal, String step, String message) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(
              1,
              "sleep 90 | openssl s_server -accept 5000 -nocert >/dev/null 2>&1 &"
                  + " echo $! >/run/taken; sleep 1",
              "kill $(cat /run/taken); rm /run/taken",
              "registry port",
              "FAILED port 5000 is taken by openssl"),
          new Fault(
              1,
              "iptables -I INPUT ! -i lo -p tcp --dport 5000 -j DROP",
              "iptables -D INPUT ! -i lo -p tcp --dport 5000 -j DROP",
              "peers",
              "FAILED HOST port 5000 does not answer"),
          new Fault(
              2,
              "mkdir -p /var/lib/sealos && mount -t tmpfs -o ro none /var/lib/sealos",
              "umount /var/lib/sealos && rmdir /var/lib/sealos",
              "mounts",
              "FAILED /var/lib/sealos is mounted read-only"),
          new Fault(
              2,
              "mkdir -p /var/lib/sealos && mount -t tmpfs -o noexec none /var/lib/sealos",
              "umount /var/lib/sealos && rmdir /var/lib/sealos",
              "mounts",
              "FAILED /var/lib/sealos is mounted noexec"),
          new Fault(
              1,
              "mkdir -p /var/lib/sealos && mount -t tmpfs -o size=64k none /var/lib/sealos",
              "umount /var/lib/sealos && rmdir /var/lib/sealos",
              "space",
              "FAILED /var/lib/sealos is too small"),
          new Fault(
              2,
              "mkdir -p /var/lib/sealos && mount -t tmpfs -o nr_inodes=4 none /var/lib/sealos",
              "umount /var/lib/sealos && rmdir /var/lib/sealos",
              "space",
              "FAILED /var/lib/sealos has too few inodes"));

  @Test
  @DisplayName("D1 each fault of a real host is its row, and the hosts are as before")
  void eachFaultIsItsRow(Lab lab, @TempDir Path temp) throws Exception {
    Cluster cluster = cluster(lab, LabRootfs.make(lab, temp));
    try (SshClient ssh =
        SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build()) {
      Bootstrap bootstrap =
          Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory()).build();
      List<String> well = findings(bootstrap.preflight());
      assertThat(well).allMatch(row -> row.contains(" check NOT_CHECKED "));
      for (Fault fault : FAULTS) {
        lab.on(fault.host(), fault.make()).ok();
        List<String> made = state(lab, fault.host());
        List<String> found = new ArrayList<>(findings(bootstrap.preflight()));
        assertThat(state(lab, fault.host())).isEqualTo(made);
        lab.on(fault.host(), fault.heal()).ok();
        found.removeAll(well);
        String row = fault.step() + " " + fault.message().replace("HOST", lab.address(1));
        assertThat(found)
            .as(fault.make())
            .isNotEmpty()
            .allSatisfy(finding -> assertThat(finding).contains(" " + row));
      }
      assertThat(findings(bootstrap.preflight())).isEqualTo(well);
    }
  }

  private static List<String> state(Lab lab, int host) {
    return lab.on(host, STATE).ok().lines();
  }

  private static List<String> findings(Report report) {
    return report.results().stream()
        .filter(row -> row.status() != Status.OK)
        .map(row -> row.host() + " " + row.step() + " " + row.status() + " " + row.message())
        .toList();
  }

  private static Cluster cluster(Lab lab, Path rootfs) throws IOException {
    Files.delete(rootfs.resolve("cri/registry"));
    SshAccess access = SshAccess.builder().keyFile(lab.key().toString()).build();
    ImageMount image =
        new ImageMount(
            "r",
            ImageType.ROOTFS,
            "lab/rootfs:v1",
            rootfs,
            Map.of(
                "registryDomain",
                "sealos.hub",
                "registryPort",
                "5000",
                "registryConfig",
                "/etc/registry",
                "registryData",
                "/var/lib/registry"),
            Map.of("check", "check.sh"));
    return Cluster.named("lab")
        .hosts(
            Host.at(lab.address(1)).ssh(access).roles(Role.MASTER, Role.REGISTRY).build(),
            Host.at(lab.address(2)).ssh(access).roles(Role.NODE).build(),
            Host.at(lab.address(3)).ssh(access).roles(Role.NODE).build())
        .mount(image)
        .build();
  }
}

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
import java.util.stream.Stream;
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
      String id = lab.on(1, "cat /etc/machine-id").ok().output();
      lab.on(2, "echo '" + id.strip() + "' >/run/id-of-another").ok();
      for (MadeFault fault : faults()) {
        lab.on(fault.host(), MadeFault.named(fault.make(), lab)).ok();
        List<String> made = state(lab, fault.host());
        List<String> found = new ArrayList<>(findings(bootstrap.preflight()));
        assertThat(state(lab, fault.host())).as(fault.make()).isEqualTo(made);
        lab.on(fault.host(), MadeFault.named(fault.heal(), lab)).ok();
        found.removeAll(well);
        assertRows(lab, fault.make(), found, fault.rows());
      }
      assertThat(findings(bootstrap.preflight())).isEqualTo(well);
    }
  }

  private static List<MadeFault> faults() {
    return Stream.concat(MadeFault.ofHosts().stream(), MadeFault.ofNetworks().stream()).toList();
  }

  /** These rows and no others. */
  private static void assertRows(Lab lab, String what, List<String> found, List<String> rows) {
    assertThat(found).as(what).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(found.get(i)).as(what).startsWith(MadeFault.named(rows.get(i), lab));
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
            Host.at(lab.address(2)).ssh(access).roles(Role.NODE, Role.REGISTRY).build(),
            Host.at(lab.address(3)).ssh(access).roles(Role.NODE).build())
        .mount(image)
        .build();
  }
}

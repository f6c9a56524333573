package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import com.google.common.collect.Multisets;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults of real hosts, each made and taken away again: exactly that row, and then none. */
@RealHosts(3)
@InControllerNetwork
@Timeout(400)
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
    Path rootfs = LabRootfs.make(lab, temp);
    Files.delete(rootfs.resolve("cri/registry"));
    try (SshClient ssh = client(lab.knownHosts())) {
      lab.on(2, MadeFault.configured("one")).ok();
      Bootstrap bootstrap = bootstrap(cluster(lab, rootfs, lab.address(3)), ssh);
      // A first login leaves traces of its own, whoever it is.
      List<String> well = findings(bootstrap.preflight());
      List<String> before = states(lab);
      assertThat(findings(bootstrap.preflight())).isEqualTo(well);
      assertUnchanged(before, states(lab), "well");
      assertThat(well).allMatch(row -> row.contains(" check NOT_CHECKED "));
      String id = lab.on(1, "cat /etc/machine-id").ok().output();
      lab.on(2, "echo '" + id.strip() + "' >/run/id-of-another").ok();
      for (List<MadeFault> faults : MadeFault.rounds()) {
        faults.forEach(fault -> run(lab, fault, fault.make()));
        List<String> made = states(lab);
        List<String> found = new ArrayList<>(findings(bootstrap.preflight()));
        assertUnchanged(made, states(lab), faults.toString());
        faults.forEach(fault -> run(lab, fault, fault.heal()));
        found.removeAll(well);
        assertRows(lab, found, faults.stream().flatMap(fault -> fault.rows().stream()).toList());
      }
      assertThat(findings(bootstrap.preflight())).isEqualTo(well);
      programsOfAnotherArchitecture(lab, rootfs, ssh, well);
    }
    aMachineThatIsNamedTwice(lab, rootfs, temp);
  }

  private static void programsOfAnotherArchitecture(
      Lab lab, Path rootfs, SshClient ssh, List<String> well) throws IOException {
    byte[] program = Files.readAllBytes(Path.of("/bin/true"));
    // The machine's number of the ELF header: arm64, or amd64 where these tests run on arm64.
    program[18] = (byte) (program[18] == 62 ? 183 : 62);
    Path file = Files.write(rootfs.resolve("cri/tool"), program);
    List<String> found =
        new ArrayList<>(findings(bootstrap(cluster(lab, rootfs, lab.address(3)), ssh).preflight()));
    Files.delete(file);
    found.removeAll(well);
    // What does not fit needs no space that anybody could compute.
    String why = " the host is " + (program[18] == 62 ? "arm64" : "amd64") + ", but image r does";
    List<String> rows =
        Stream.of("images FAILED", "space NOT_CHECKED could not check:")
            .flatMap(row -> Stream.of("@1 ", "@2 ", "@3 ").map(host -> host + row + why))
            .toList();
    assertRows(lab, found, rows);
  }

  /** By its second address; sshd shows the same keys there. */
  private static void aMachineThatIsNamedTwice(Lab lab, Path rootfs, Path temp) throws Exception {
    String second = lab.address(1).replaceFirst("[0-9]+$", "211");
    String keys = Files.readString(lab.knownHosts());
    Path known =
        Files.writeString(
            temp.resolve("known"), keys + keys.replace(lab.address(1) + ",", second + ","));
    lab.on(1, "ip addr add " + second + "/24 dev eth0").ok();
    try (SshClient ssh = client(known)) {
      List<String> found =
          findings(bootstrap(cluster(lab, rootfs, second), ssh).preflight()).stream()
              .filter(row -> !row.contains(" check NOT_CHECKED "))
              .toList();
      assertRows(
          lab,
          found,
          List.of(
              "@1 identity FAILED the host name host1 is also that of " + second + "; the machine",
              second + " identity FAILED the host name host1 is also that of @1; the machine"));
    }
    lab.on(1, "ip addr del " + second + "/24 dev eth0").ok();
  }

  private static SshClient client(Path knownHosts) {
    return SshClients.jsch().hostKeys(HostKeyPolicy.strict(knownHosts)).build();
  }

  private static Bootstrap bootstrap(Cluster cluster, SshClient ssh) {
    return Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory()).build();
  }

  private static void run(Lab lab, MadeFault fault, String shell) {
    lab.on(fault.host(), MadeFault.named(shell, lab)).ok();
  }

  /** These rows and no others, each by how it begins. */
  private static void assertRows(Lab lab, List<String> found, List<String> rows) {
    List<String> left = new ArrayList<>(found);
    for (String row : rows) {
      String begin = MadeFault.named(row, lab);
      assertThat(left).as(begin).anyMatch(some -> some.startsWith(begin));
      left.remove(left.stream().filter(some -> some.startsWith(begin)).findFirst().orElseThrow());
    }
    assertThat(left).as("beside " + rows).isEmpty();
  }

  private static void assertUnchanged(List<String> before, List<String> after, String when) {
    Multiset<String> were = HashMultiset.create(before);
    Multiset<String> are = HashMultiset.create(after);
    assertThat(Multisets.difference(are, were)).as("new: " + when).isEmpty();
    assertThat(Multisets.difference(were, are)).as("gone: " + when).isEmpty();
  }

  private static List<String> states(Lab lab) {
    return IntStream.rangeClosed(1, lab.size())
        .boxed()
        .flatMap(host -> lab.on(host, STATE).ok().lines().stream().map(line -> host + line))
        .toList();
  }

  private static List<String> findings(Report report) {
    return report.results().stream()
        .filter(row -> row.status() != Status.OK)
        .map(row -> row.host() + " " + row.step() + " " + row.status() + " " + row.message())
        .toList();
  }

  private static Cluster cluster(Lab lab, Path rootfs, String third) {
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
            Host.at(third).ssh(access).roles(Role.NODE).build())
        .mount(image)
        .build();
  }
}

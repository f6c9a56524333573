package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.Installer;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The installer on real hosts, by options alone: no Clusterfile is written by hand. */
@RealHosts(4)
@Timeout(600)
class InstallerIT {
  private static final int NODE = 3;
  private static final String HOLD =
      "while [ -e /run/hold ]; do : >/run/holding; sleep 0.1; done # held-by-test\n";

  private final Lab lab;
  private Path directory;
  private Installer installer;
  private String image;

  InstallerIT(Lab lab) {
    this.lab = lab;
  }

  @Test
  @DisplayName("the whole life of a cluster by options; the saved Clusterfile equals them")
  void aClusterIsMadeGrownShrunkRepairedAndTakenBackByOptions(@TempDir Path temporary)
      throws Exception {
    directory = temporary;
    image = "lab/rootfs:v1=" + makeImage();
    installer = new Installer(lab, directory.resolve("home"), "lab");
    List<List<String>> before = HostTrees.of(lab);
    String[] run = {
      image,
      "--pk",
      lab.key().toString(),
      "--masters",
      lab.address(1),
      "--nodes",
      lab.address(3),
      "--registries",
      lab.address(1) + "," + lab.address(2)
    };

    interrupted(run);
    assertRoles("1 master, registry", "3 node", "2 registry");
    installer.run("run", run).ok();
    pull();

    installer.run("add", "--registries", lab.address(3) + "-" + lab.address(4)).ok();
    assertRoles("1 master, registry", "3 node, registry", "2 registry", "4 registry");
    pull();

    installer.run("remove", "--registries", lab.address(2) + "," + lab.address(3)).ok();
    assertRoles("1 master, registry", "3 node", "4 registry");
    pull();
    assertThat(difference(before.get(1), HostTrees.of(lab).get(1))).as("host 2 left").isEmpty();

    damageAndRepair();
    installer.run("verify").ok();
    installer.run("reset").ok();
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(difference(before.get(host), after.get(host)))
          .as("files of host " + (host + 1))
          .isEmpty();
    }
  }

  /** Lines that only one of two has. */
  private static List<String> difference(List<String> before, List<String> after) {
    List<String> lines = new ArrayList<>();
    Set<String> was = Set.copyOf(before);
    Set<String> is = Set.copyOf(after);
    before.stream().filter(line -> !is.contains(line)).map("- "::concat).forEach(lines::add);
    after.stream().filter(line -> !was.contains(line)).map("+ "::concat).forEach(lines::add);
    return lines;
  }

  /** Ctrl-C while a script runs on the node. */
  private void interrupted(String... run) throws Exception {
    lab.on(NODE, ": >/run/hold").ok();
    Path output = directory.resolve("interrupted.log");
    Process process = installer.start(output, "run", run);
    try {
      lab.on(NODE, "for i in $(seq 900); do [ -e /run/holding ] && exit; sleep 0.1; done; exit 1")
          .ok();
      List<ProcessHandle> java = process.descendants().filter(child -> isJava(child)).toList();
      ProcessHandle target = java.isEmpty() ? process.toHandle() : java.get(0);
      new ProcessBuilder("kill", "-INT", Long.toString(target.pid())).start().waitFor();
      assertThat(process.waitFor(40, TimeUnit.SECONDS)).as("ends at once").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(130);
    assertThat(output)
        .content()
        .contains("Interrupted", "Run the same command again", "hawser reset --cluster lab");
    assertThat(lab.on(NODE, "pgrep -f '[i]nit.sh|[h]awser-agent'").output())
        .as("processes that remain on the host")
        .isEmpty();
    lab.on(NODE, "rm -f /run/hold /run/holding").ok();
  }

  private static boolean isJava(ProcessHandle child) {
    return child.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }

  private void damageAndRepair() throws IOException {
    String blob =
        lab.on(
                4,
                "find /var/lib/sealos/data/lab/registry -name data -size +100k | sort | head -n 1")
            .ok()
            .output()
            .strip();
    lab.on(4, "printf X | dd of=" + blob + " bs=1 seek=5000 conv=notrunc").ok();
    Ran audit = installer.run("audit");
    assertThat(audit.status()).as(audit.output()).isEqualTo(1);
    assertThat(audit.output())
        .contains(lab.address(4) + "  damaged: " + blob.substring(blob.indexOf("/docker/") + 1))
        .contains("1 to repair: hawser repair --cluster lab");
    assertThat(installer.report("audit")).contains("\"DAMAGED\"", lab.address(4));
    installer.run("repair").ok();
    installer.run("audit").ok();
    pull();
  }

  /** The saved Clusterfile says what the options said. */
  private void assertRoles(String... wanted) throws IOException {
    Path saved = directory.resolve("home/.hawser/lab/Clusterfile");
    Cluster cluster = Clusterfiles.read(saved);
    assertThat(cluster.hosts().stream().map(this::words)).containsExactly(wanted);
    assertThat(cluster.hosts())
        .allSatisfy(
            host -> {
              assertThat(host.ssh().user()).isEqualTo("root");
              assertThat(host.ssh().keyFile()).contains(lab.key().toString());
            });
    assertThat(cluster.rootfs().orElseThrow().imageName()).isEqualTo("lab/rootfs:v1");
    assertThat(Files.getPosixFilePermissions(saved))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private String words(Host host) {
    for (int i = 1; i <= lab.size(); i++) {
      if (lab.address(i).equals(host.address())) {
        return i + " " + String.join(", ", host.roles().stream().map(Role::word).toList());
      }
    }
    return host.address();
  }

  /** The node pulls every image anew. */
  private void pull() {
    StringBuilder shell = new StringBuilder("set -e\n");
    for (String name : LabRootfs.IMAGES) {
      String reference = "sealos.hub:5000/" + name;
      shell.append("ctr images rm --sync ").append(reference).append(" 2>/dev/null || true\n");
      shell
          .append("timeout 100 ctr images pull --hosts-dir /etc/containerd/certs.d ")
          .append(reference)
          .append('\n');
    }
    lab.on(NODE, shell.toString()).ok();
  }

  /** A rootfs that says of itself what it is, with a script that can be held. */
  private Path makeImage() throws IOException {
    Path rootfs = LabRootfs.make(lab, directory);
    Path init = rootfs.resolve("scripts/init.sh");
    Files.writeString(init, Files.readString(init).replace("set -e\n", "set -e\n" + HOLD));
    Files.writeString(
        rootfs.resolve("Kubefile"),
        """
        FROM scratch
        ENV odd=plain criData=/var/lib/containerd registryData=/var/lib/registry \\
            registryConfig=/etc/registry registryDomain=sealos.hub registryPort=5000
        LABEL sealos.io.type=rootfs check="check.sh \\$registryData" init=init.sh \\
            clean=clean.sh init-cri="init-cri.sh \\$registryDomain \\$registryPort" \\
            clean-cri="clean-cri.sh \\$registryDomain \\$registryPort" \\
            init-registry="init-registry.sh \\$registryData \\$registryConfig" \\
            clean-registry="clean-registry.sh \\$registryData \\$registryConfig"
        COPY . .
        """);
    return rootfs;
  }
}

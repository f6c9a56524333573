package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.Installer;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job on five real hosts: three registries, of which two are masters and one is only a
 * registry, and two nodes.
 */
@RealHosts(5)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeReplicasIT {
  private static final List<Integer> REGISTRIES = List.of(1, 2, 3);
  private static final List<Integer> NODES = List.of(4, 5);
  private static final String SERVES = "curl -sSk -o /dev/null ";
  private static final String DOMAIN = "sealos.hub:5000";

  private final Lab lab;
  private Path directory;
  private Path rootfs;

  ThreeReplicasIT(Lab lab) {
    this.lab = lab;
  }

  @BeforeAll
  void makeRootfs(@TempDir Path temporary) throws IOException {
    directory = temporary;
    rootfs = LabRootfs.make(lab, directory);
  }

  @Test
  void safeModeServesThroughTheLossOfAnyRegistryAndIsTakenBackWhole() throws IOException {
    mainJob("safe", "hawser-registry-lab");
  }

  @Test
  void sealosModeServesThroughTheLossOfAnyRegistryAndIsTakenBackWhole() throws IOException {
    mainJob("sealos", "registry");
  }

  private void mainJob(String mode, String unit) throws IOException {
    Installer installer = new Installer(lab, directory.resolve(mode), writeClusterfile(mode), mode);
    List<List<String>> before = HostTrees.of(lab);

    Ran apply = installer.run("apply").ok();
    assertThat(apply.output()).contains("steps changed hosts");
    installer.run("verify").ok();
    Ran again = installer.run("apply").ok();
    assertThat(again.output()).contains("nothing had to change").doesNotContain("  changed  ");
    assertThat(installer.report("apply")).contains("\"changed\": false");
    assertThat(installer.run("plan").ok().output()).contains("nothing to change");

    NODES.forEach(node -> pull(node).ok());
    for (int lost : REGISTRIES) {
      kill(lost, unit);
      NODES.forEach(node -> pull(node).ok());
      assertThat(lab.on(lost, SERVES + url(mode)).status())
          .as("registry %s stayed down", lost)
          .isNotZero();
      lab.on(lost, "systemctl start " + unit).ok();
    }
    if (mode.equals("safe")) {
      losePower(1, url(mode));
    }
    REGISTRIES.forEach(registry -> kill(registry, unit));
    NODES.forEach(node -> assertThat(pull(node).status()).as("pull with no registry").isNotZero());

    installer.run("reset").ok();
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(after.get(host)).as("files of host " + (host + 1)).isEqualTo(before.get(host));
    }
    assertThat(installer.run("reset").ok().output()).contains("nothing had to change");
  }

  /** In mode safe registries speak TLS. */
  private static String url(String mode) {
    return (mode.equals("safe") ? "https" : "http") + "://127.0.0.1:5000/v2/";
  }

  /** Without a health watch containerd finds out by itself, which takes it up to a minute. */
  private void losePower(int registry, String url) {
    lab.verb("kill", Integer.toString(registry)).ok();
    pull(NODES.get(0)).ok();
    lab.verb("heal", Integer.toString(registry)).ok();
    lab.on(registry, SERVES + url + " --retry 20 --retry-delay 1 --retry-connrefused").ok();
  }

  private void kill(int host, String unit) {
    lab.on(host, "kill -9 $(systemctl show -p MainPID " + unit + " | cut -d= -f2)").ok();
  }

  /** Pulls every image anew; what an earlier pull left is removed before. */
  private Ran pull(int node) {
    StringBuilder shell = new StringBuilder("set -e\n");
    for (String image : LabRootfs.IMAGES) {
      String name = DOMAIN + "/" + image;
      shell.append("ctr images rm --sync ").append(name).append(" 2>/dev/null || true\n");
      shell
          .append("timeout 150 ctr images pull --hosts-dir /etc/containerd/certs.d ")
          .append(name)
          .append('\n');
    }
    return lab.on(node, shell.toString());
  }

  private Path writeClusterfile(String mode) throws IOException {
    String text =
        """
        apiVersion: apps.sealos.io/v1beta1
        kind: Cluster
        metadata:
          name: lab
        spec:
          image:
          - lab/rootfs:v1
          ssh:
            user: root
            pk: %s
          hosts:
          - ips: [%s, %s]
            roles: [master, registry, amd64]
          - ips: [%s]
            roles: [registry, rack=b]
          - ips: [%s, %s]
            roles: [node]
            env:
            - odd=it's "$HOME" `id` \\
        status:
          mounts:
          - name: lab-rootfs
            type: rootfs
            imageName: lab/rootfs:v1
            mountPoint: %s
            env:
              odd: plain
              criData: /var/lib/containerd
              registryData: /var/lib/registry
              registryConfig: /etc/registry
              registryDomain: sealos.hub
              registryPort: "5000"
            labels:
                check: check.sh $registryData
                clean: clean.sh
                clean-cri: clean-cri.sh $registryDomain $registryPort
                clean-registry: clean-registry.sh $registryData $registryConfig
                init: init.sh
                init-cri: init-cri.sh $registryDomain $registryPort
                init-registry: init-registry.sh $registryData $registryConfig
                sealos.io.type: rootfs
        """
            .formatted(
                lab.key(),
                lab.address(1),
                lab.address(2),
                lab.address(3),
                lab.address(4),
                lab.address(5),
                rootfs);
    return Files.writeString(directory.resolve("Clusterfile-" + mode), text);
  }
}

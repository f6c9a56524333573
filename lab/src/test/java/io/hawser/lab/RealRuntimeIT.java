package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.lab.hosts.HostTrees;
import io.hawser.lab.hosts.Installer;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.hosts.RealRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The unmodified scripts and templates of {@code labring-actions/runtime} on real hosts that had no
 * container runtime, in mode SEALOS. See {@link RealRuntime} for what is real.
 */
@EnabledIfEnvironmentVariable(
    named = RealRuntime.VARIABLE,
    matches = ".+",
    disabledReason = "SKIPPED: HAWSER_RUNTIME names no checkout of labring-actions/runtime")
@RealHosts(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealRuntimeIT {
  private static final String SERVES = "curl -sS -o /dev/null http://127.0.0.1:5000/v2/";
  private static final String LOGIN = "curl -sS -o /dev/null -w '%{http_code}' ";

  private final Lab lab;
  private Path directory;
  private Path rootfs;

  RealRuntimeIT(Lab lab) {
    this.lab = lab;
  }

  @BeforeAll
  void makeRootfs(@TempDir Path temporary) throws IOException {
    directory = temporary;
    rootfs = RealRuntime.make(lab, directory);
    RealRuntime.makeBare(lab);
  }

  @Test
  @Order(1)
  void withOneRegistryHostsAreAsSealosLeavesThemAndResetGivesThemBack() throws IOException {
    List<List<String>> before = HostTrees.of(lab);
    Installer installer = installer("one", 1);
    installer.run("apply", image()).ok();
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 1; host <= lab.size(); host++) {
      String golden = host == 1 ? "one-registry.txt" : "node.txt";
      assertThat(changed(before.get(host - 1), after.get(host - 1)))
          .as("what is new or different on host " + host)
          .isEqualTo(golden(golden));
      assertThat(hostsLines(host)).isEqualTo(expectedHosts(host));
      assertThat(running(host)).containsExactlyElementsOf(units(host));
    }
    contents();
    assertThat(lab.on(1, LOGIN + "http://sealos.hub:5000/v2/_catalog").ok().output())
        .isEqualTo("401");
    assertThat(
            lab.on(1, LOGIN + "-u admin:passw0rd http://sealos.hub:5000/v2/_catalog").ok().output())
        .isEqualTo("200");
    for (int host = 1; host <= lab.size(); host++) {
      assertThat(lab.on(host, "cat " + RealRuntime.CALLS).ok().output())
          .as("the script's own pull on host " + host)
          .contains("crictl pull sealos.hub:5000/" + RealRuntime.PAUSE, "done:");
      pull(host).ok();
    }
    secondRunChangesNothing(installer);
    reset(installer, before, image());
  }

  @Test
  @Order(2)
  void withThreeRegistriesPullsOutliveTheLossOfAnyAndResetGivesHostsBack() throws IOException {
    hadThingsBefore();
    List<List<String>> before = HostTrees.of(lab);
    Installer installer = installer("three", 3);
    installer.run("apply", image()).ok();
    installer.run("verify", image()).ok();
    secondRunChangesNothing(installer);
    pull(4).ok();
    for (int lost = 1; lost <= 3; lost++) {
      kill(lost);
      pull(4).ok();
      assertThat(lab.on(lost, SERVES).status()).as("registry " + lost + " is down").isNotZero();
      lab.on(lost, "systemctl start registry").ok();
    }
    for (int lost = 1; lost <= 3; lost++) {
      kill(lost);
    }
    assertThat(pull(4).status()).as("pull with no registry").isNotZero();
    reset(installer, before, image());
  }

  @Test
  @Order(3)
  void otherPlacesForProgramsAndDataAreMadeFoundAndTakenAway() throws IOException {
    List<List<String>> before = HostTrees.of(lab);
    Installer installer = installer("elsewhere", 2);
    String[] options = {
      "--image", rootfs.toString(),
      "-e", "BIN_DIR=/opt/k8s/bin",
      "-e", "registryData=/data/of/registry",
      "-e", "registryPort=5443"
    };
    installer.run("apply", options).ok();
    lab.on(1, "test -x /opt/k8s/bin/registry && test -L /data/of/registry").ok();
    lab.on(3, "! ls /usr/bin/containerd /usr/bin/kubelet").ok();
    assertThat(lab.on(3, "cat " + RealRuntime.CALLS).ok().output())
        .contains("crictl pull sealos.hub:5443/" + RealRuntime.PAUSE);
    assertThat(lab.on(3, "cat /etc/systemd/system/kubelet.service").ok().output())
        .contains("ExecStart=/opt/k8s/bin/kubelet");
    String pull =
        "PATH=$PATH:/opt/k8s/bin; timeout 150 ctr images pull --hosts-dir /etc/containerd/certs.d"
            + " sealos.hub:5443/"
            + LabRootfs.IMAGES.get(0);
    lab.on(3, pull).ok();
    kill(1);
    lab.on(3, "PATH=$PATH:/opt/k8s/bin; ctr images rm --sync $(ctr images ls -q)").ok();
    lab.on(3, pull).ok();
    reset(installer, before, options);
  }

  /** What the scripts overwrite, edit or delete, and do not bring back themselves. */
  private void hadThingsBefore() {
    lab.on(1, "mkdir -p /var/lib/registry/docker && echo theirs >/var/lib/registry/docker/own")
        .ok();
    lab.on(2, "mkdir -p /etc/selinux && echo SELINUX=enforcing >/etc/selinux/config").ok();
    lab.on(2, "echo theirs >/etc/crictl.yaml && echo theirs >/etc/image-cri-shim.yaml").ok();
    lab.on(2, "chmod 0711 /etc/systemd/system").ok();
    lab.on(3, "echo theirs >/usr/bin/kubectl && ln -s kubectl /usr/bin/runc").ok();
    lab.on(4, "mkdir -p /etc/containerd && echo 'version = 2' >/etc/containerd/config.toml").ok();
    lab.on(4, "printf '127.0.0.1 localhost # no end' >/etc/hosts").ok();
  }

  private void secondRunChangesNothing(Installer installer) throws IOException {
    Ran again = installer.run("apply", image()).ok();
    assertThat(again.output()).contains("nothing had to change").doesNotContain("  changed  ");
    assertThat(installer.run("plan", image()).ok().output()).contains("nothing to change");
  }

  private void reset(Installer installer, List<List<String>> before, String... options)
      throws IOException {
    installer.run("reset", options).ok();
    List<List<String>> after = HostTrees.of(lab);
    for (int host = 0; host < before.size(); host++) {
      assertThat(after.get(host)).as("files of host " + (host + 1)).isEqualTo(before.get(host));
    }
    assertThat(installer.run("reset", options).ok().output()).contains("nothing had to change");
  }

  private String[] image() {
    return new String[] {"--image", rootfs.toString()};
  }

  private void kill(int host) {
    lab.on(host, "kill -9 $(systemctl show -p MainPID registry | cut -d= -f2)").ok();
  }

  private Ran pull(int node) {
    StringBuilder shell = new StringBuilder("set -e\n");
    for (String image : LabRootfs.IMAGES) {
      String name = "sealos.hub:5000/" + image;
      shell.append("ctr images rm --sync ").append(name).append(" 2>/dev/null || true\n");
      shell.append("timeout 150 ctr images pull");
      shell.append(" --hosts-dir /etc/containerd/certs.d ").append(name).append('\n');
    }
    return lab.on(node, shell.toString());
  }

  /** Paths that are new, and those whose content, mode or owner is another, in order. */
  private static List<String> changed(List<String> before, List<String> after) {
    Map<String, List<String>> old = byPath(before);
    Map<String, List<String>> now = byPath(after);
    TreeSet<String> paths = new TreeSet<>(now.keySet());
    paths.addAll(old.keySet());
    List<String> changed = new ArrayList<>();
    for (String path : paths) {
      if (!old.containsKey(path)) {
        changed.add("+ " + path);
      } else if (!now.containsKey(path)) {
        changed.add("- " + path);
      } else if (!old.get(path).equals(now.get(path))) {
        changed.add("~ " + path);
      }
    }
    changed.removeIf(RealRuntimeIT::isOurs);
    return changed;
  }

  /** The rootfs itself, and what Hawser keeps in its own name. */
  private static boolean isOurs(String line) {
    return line.contains("hawser") || line.contains("/var/lib/sealos/data/lab/rootfs/");
  }

  private static Map<String, List<String>> byPath(List<String> lines) {
    Map<String, List<String>> byPath = new LinkedHashMap<>();
    for (String line : lines) {
      String path = line.substring(line.indexOf(" /") + 1).replaceAll(" (->)?.*", "");
      if (line.matches("[0-9a-f]{64} \\*.*")) {
        path = line.substring(66);
      }
      byPath.computeIfAbsent(path, any -> new ArrayList<>()).add(line);
    }
    return byPath;
  }

  private static List<String> golden(String name) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/real-runtime", name)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /** Without those of every host and without comments. */
  private List<String> hostsLines(int host) {
    return lab.on(host, "cat /etc/hosts").ok().lines().stream()
        .filter(line -> !line.startsWith("#") && !line.contains("localhost"))
        .filter(line -> !line.isBlank() && !line.startsWith("127.0.1.1"))
        .sorted()
        .toList();
  }

  private List<String> expectedHosts(int host) {
    List<String> lines = new ArrayList<>(List.of(lab.address(1) + " sealos.hub"));
    if (host == 1) {
      lines.add(lab.address(1) + " apiserver.cluster.local");
    } else {
      lines.add("10.103.97.2 apiserver.cluster.local");
      lines.add(lab.address(host) + " lvscare.node.ip");
    }
    return lines.stream().sorted().toList();
  }

  private List<String> running(int host) {
    return List.of("containerd", "image-cri-shim", "registry", "kubelet").stream()
        .filter(unit -> lab.on(host, "systemctl is-active " + unit).status() == 0)
        .toList();
  }

  private static List<String> units(int host) {
    return host == 1
        ? List.of("containerd", "image-cri-shim", "registry")
        : List.of("containerd", "image-cri-shim");
  }

  /** Some of what the files say. */
  private void contents() {
    assertThat(lab.on(1, "readlink /var/lib/registry").ok().output().strip())
        .isEqualTo("/var/lib/sealos/data/lab/rootfs/registry");
    assertThat(lab.on(1, "cat /etc/registry/registry_config.yml").ok().output())
        .contains("rootdirectory: /var/lib/registry", "addr: :5000", "/etc/registry/registry_ht");
    assertThat(lab.on(2, "cat /etc/containerd/config.toml").ok().output())
        .contains(
            "sandbox_image = \"sealos.hub:5000/" + RealRuntime.PAUSE, "disable_apparmor = true");
    assertThat(lab.on(2, "cat /etc/image-cri-shim.yaml").ok().output())
        .contains("address: http://sealos.hub:5000", "auth: admin:passw0rd");
    assertThat(lab.on(2, "grep -c '# sealos$' /etc/sysctl.conf").ok().output().strip())
        .isEqualTo("13");
    assertThat(lab.on(2, "cat /etc/systemd/system/kubelet.service.d/10-kubeadm.conf").ok().output())
        .contains("--container-runtime-endpoint=unix:///var/run/containerd/containerd.sock")
        .doesNotContain("{{", "<no value>");
  }

  private Installer installer(String name, int registries) throws IOException {
    List<String> addresses = new ArrayList<>();
    for (int host = 1; host <= lab.size(); host++) {
      String roles =
          (host == 1 ? "master" : "node") + (host <= registries ? ", registry" : "") + ", amd64";
      addresses.add("  - {ips: [" + lab.address(host) + "], roles: [" + roles + "]}");
    }
    String text =
        """
        apiVersion: apps.sealos.io/v1beta1
        kind: Cluster
        metadata:
          name: lab
        spec:
          image:
          - labring/kubernetes:v1.27.7
          ssh: {user: root, pk: %s}
          hosts:
        %s
        """
            .formatted(lab.key(), String.join("\n", addresses));
    Path file = Files.writeString(directory.resolve("Clusterfile-" + name), text);
    return new Installer(lab, directory.resolve(name), file, "sealos");
  }
}

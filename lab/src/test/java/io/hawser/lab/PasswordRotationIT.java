package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabInstallation;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.PullsOnNodes;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.registry.RegistrySettings;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The password changes on two real registries while containerd pulls on two nodes. */
@RealHosts(4)
@InControllerNetwork
@Timeout(180)
class PasswordRotationIT {
  private static final int REPLICAS = 2;

  @Test
  @DisplayName("S2 S3 no pull fails while the password changes, and the old one is gone everywhere")
  void thePasswordChangesWhileContainerdPulls(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    LabInstallation lost = LabInstallation.of(lab, rootfs, REPLICAS);
    LabInstallation chosen = lost.forgetful().with("registryPassword", "chosen by somebody");
    LabInstallation another = chosen.with("registryPassword", "chosen anew");
    assertThat(another.login().username()).as("one user").isEqualTo(chosen.login().username());
    List<RegistrySettings> old = List.of(lost.login(), chosen.login());
    lost.call(Bootstrap::init);
    List<String> pulls;
    try (PullsOnNodes loop = PullsOnNodes.start(lab, LabRootfs.IMAGES.get(0), 3, 4)) {
      loop.awaitMore(2);
      assertThat(rotated(chosen.call(Bootstrap::init))).isEqualTo(REPLICAS);
      loop.awaitMore(2);
      another.call(Bootstrap::init);
      loop.awaitMore(2);
      assertThat(another.call(Bootstrap::init).changed()).isFalse();
      pulls = loop.end();
    }
    show(pulls);
    assertThat(pulls).hasSizeGreaterThan(20).allMatch(line -> line.startsWith("pulled "));
    for (int replica = 1; replica <= REPLICAS; replica++) {
      assertThat(status(lab, replica, another.login())).isEqualTo("200");
      for (RegistrySettings login : old) {
        assertThat(status(lab, replica, login)).as(login.username()).isEqualTo("401");
      }
    }
    for (RegistrySettings login : old) {
      for (int host = 1; host <= lab.size(); host++) {
        assertThat(holding(lab, host, login)).as("host " + host + " still has it").isEmpty();
      }
    }
    assertThat(holding(lab, 3, another.login())).as("the search finds the new one").isNotEmpty();
    another.call(Bootstrap::reset);
  }

  private static long rotated(Report report) {
    return report.results().stream()
        .filter(row -> row.step().equals("rotate") && row.status() == Status.CHANGED)
        .map(HostResult::host)
        .count();
  }

  private static String pair(RegistrySettings login) {
    return login.username() + ":" + login.password().reveal();
  }

  private static String status(Lab lab, int replica, RegistrySettings login) {
    return lab.on(
            3,
            "curl -q -s -o /dev/null -w '%{http_code}' -u '"
                + pair(login)
                + "' http://"
                + lab.address(replica)
                + ":5000/v2/")
        .output();
  }

  /** Where a host has a password, in clear or as in the header, in a file or in arguments. */
  private static List<String> holding(Lab lab, int host, RegistrySettings login) {
    String header =
        Base64.getEncoder().encodeToString(pair(login).getBytes(StandardCharsets.UTF_8));
    // Encoded, or the search would find itself.
    String words =
        Base64.getEncoder()
            .encodeToString(
                (login.password().reveal() + "\n" + header + "\n")
                    .getBytes(StandardCharsets.UTF_8));
    return lab
        .on(
            host,
            "echo "
                + words
                + " | base64 -d >/dev/shm/words; grep -rlFf /dev/shm/words /etc /root /run /tmp /var"
                + " --exclude-dir=io.containerd.* 2>/dev/null | grep -v '^/run/lab';"
                + " grep -lFf /dev/shm/words /proc/[0-9]*/cmdline 2>/dev/null;"
                + " rm -f /dev/shm/words; true")
        .ok()
        .lines()
        .stream()
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static void show(List<String> pulls) {
    long good = pulls.stream().filter(line -> line.startsWith("pulled ")).count();
    System.out.println(
        "shown: "
            + pulls.size()
            + " pulls by containerd on two nodes during two changes of the password, failed: "
            + (pulls.size() - good));
    pulls.stream().filter(line -> !line.startsWith("pulled ")).forEach(System.out::println);
  }
}

package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabInstallation;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.PullsOnNodes;
import io.hawser.lab.hosts.Ran;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three real registries get certificates of another authority while containerd pulls. */
@RealHosts(3)
@InControllerNetwork
@Timeout(180)
class AuthorityChangeIT {
  private static final String CA = "/etc/hawser/registry-ca/sealos.hub-5000.pem";
  private static final int HOSTS = 3;

  @Test
  @DisplayName("S6 S9 no pull fails while registries go from plain HTTP to TLS, and back")
  void registriesGetTlsWhileContainerdPulls(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    Files.delete(rootfs.resolve("cri/registry"));
    LabInstallation plain = LabInstallation.of(lab, rootfs, 2);
    plain.call(Bootstrap::init);
    for (LabInstallation next : List.of(plain.withTls(), plain)) {
      List<String> pulls;
      try (PullsOnNodes loop = PullsOnNodes.start(lab, LabRootfs.IMAGES.get(0), 2, 3)) {
        loop.awaitMore(2);
        next.call(Bootstrap::init);
        assertThat(next.call(Bootstrap::init).changed()).as("a second run").isFalse();
        loop.awaitMore(2);
        pulls = loop.end();
      }
      System.out.println(
          "shown: "
              + pulls.size()
              + " pulls by containerd on two nodes while two registries went over to "
              + next.transport()
              + ", failed: "
              + pulls.stream().filter(line -> !line.startsWith("pulled ")).count());
      assertThat(pulls).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("pulled "));
      assertThat(httpStatus(lab)).isEqualTo(next.equals(plain) ? "401" : "400");
    }
    plain.call(Bootstrap::reset);
  }

  /** What a registry answers to plain HTTP without a password. */
  private static String httpStatus(Lab lab) {
    String url = "http://" + lab.address(1) + ":5000/v2/";
    return lab.on(3, "curl -q -s -w '%{http_code}' -o /dev/null " + url).ok().output();
  }

  @Test
  @DisplayName(
      "S6 S7 S9 no pull fails when all secrets are lost, and one registry restarts at a time")
  void theStoreIsLostWhileContainerdPulls(Lab lab, @TempDir Path temp) throws Exception {
    Path rootfs = LabRootfs.make(lab, temp);
    // Without a program in the image the hosts' own is taken, and nothing has to be mounted.
    Files.delete(rootfs.resolve("cri/registry"));
    LabInstallation first = LabInstallation.of(lab, rootfs, HOSTS).withTls();
    LabInstallation later = first.forgetful();
    first.call(Bootstrap::init);
    String before = lab.on(HOSTS, "cat " + CA).ok().output();
    lab.on(1, ": >/run/asking").ok();
    CompletableFuture<Ran> down = CompletableFuture.supplyAsync(() -> lab.on(1, asking(lab)).ok());
    List<String> pulls;
    try (PullsOnNodes loop = PullsOnNodes.start(lab, LabRootfs.IMAGES.get(0), 2, 3)) {
      loop.awaitMore(2);
      Report report = later.call(Bootstrap::init);
      assertThat(report.results())
          .filteredOn(row -> row.step().equals("trust"))
          .hasSize(HOSTS)
          .allMatch(row -> row.status() == Status.CHANGED);
      loop.awaitMore(2);
      pulls = loop.end();
    } finally {
      lab.on(1, "rm -f /run/asking").ok();
    }
    List<String> most = down.get(30, TimeUnit.SECONDS).lines();
    System.out.println(
        "shown: "
            + pulls.size()
            + " pulls by containerd on two nodes while the authority was replaced, failed: "
            + pulls.stream().filter(line -> !line.startsWith("pulled ")).count()
            + "; "
            + most);
    assertThat(pulls).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("pulled "));
    assertThat(most).singleElement().asString().matches("[1-9][0-9]* rounds, down at once: [01]");
    assertThat(lab.on(HOSTS, "cat " + CA).ok().output())
        .isNotEqualTo(before)
        .containsOnlyOnce("BEGIN CERTIFICATE");
    later.call(Bootstrap::reset);
  }

  /** Asks all registries again and again whether they serve; says how many did not at once. */
  private static String asking(Lab lab) {
    StringBuilder ask = new StringBuilder();
    for (int host = 1; host <= HOSTS; host++) {
      ask.append("curl -q -k -s -m 2 -o /dev/null https://")
          .append(lab.address(host))
          .append(":5000/v2/ || d=$((d + 1)); ");
    }
    return "n=0 most=0; while [ -e /run/asking ]; do d=0; "
        + ask
        + "n=$((n + 1)); [ $d -le $most ] || most=$d; sleep 0.05; done;"
        + " echo \"$n rounds, down at once: $most\"";
  }
}

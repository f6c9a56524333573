package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.FIRST;
import static io.hawser.examples.LookedAtCluster.NODE;
import static io.hawser.examples.LookedAtCluster.assertFindings;
import static io.hawser.examples.LookedAtCluster.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** One fault on one of four hosts that are well is exactly that finding, and nothing else. */
class PreflightFaultsTest {
  @TempDir Path directory;

  /** What is wrong with a host of the four, told by its facts. */
  private record Fault(String host, String fact, Object value, String... rows) {}

  @Test
  @DisplayName("a cluster that is well gives only OK rows, one for each check that applies")
  void aClusterThatIsWellGivesOnlyOkRows() {
    Report report = new LookedAtCluster(directory).preflight();

    assertThat(findings(report)).isEmpty();
    assertThat(report.results(FIRST))
        .extracting(HostResult::step)
        .containsExactlyElementsOf(
            Bootstraps.preflightChecks().keySet().stream()
                .filter(name -> !name.equals("env"))
                .toList());
    assertThat(report.results(NODE)).extracting(HostResult::step).doesNotContain("registry port");
  }

  @TestFactory
  @DisplayName("F12 each fault of a host, its MTU too, is exactly that finding")
  Stream<DynamicTest> eachFaultOfAHostIsExactlyThatFinding() {
    return Stream.of(
            new Fault(
                NODE,
                "hostname",
                "host-10-0-0-1",
                FIRST + " identity FAILED: the host name host-10-0-0-1 is also that of " + NODE,
                NODE + " identity FAILED: the host name host-10-0-0-1 is also that of " + FIRST),
            new Fault(
                NODE,
                "clock.offset",
                90_000,
                NODE + " clock FAILED: the clock is 9*.* s before the median of the 4 hosts"),
            new Fault(
                FIRST,
                "clock.offset",
                -90_000,
                FIRST + " clock FAILED: the clock is 9*.* s behind the median of the 4 hosts"),
            new Fault(
                FIRST,
                "clock",
                "no number",
                FIRST + " clock NOT_CHECKED: could not check: the host did not tell its time"),
            new Fault(
                NODE,
                "addresses",
                "eth0,1500,192.168.7.4 lo,65536,127.0.0.1",
                NODE
                    + " address FAILED: the host was reached at 10.0.0.4, but has only 192.168.7.4",
                NODE
                    + " mtu NOT_CHECKED: could not check: the host did not tell how long its"
                    + " packets are"),
            new Fault(
                NODE,
                "addresses",
                "eth0,1500,10.0.0.4 eth1,1500,192.168.7.4 docker0,1500,172.17.0.1",
                NODE + " address WARNING: the host is on several networks: eth0, eth1"),
            new Fault(
                NODE,
                "addresses",
                "eth0,1500,10.0.0.4 eth0,1500,10.0.0.1",
                NODE
                    + " address FAILED: the host has the address of another host of the cluster,"
                    + " too: 10.0.0.1 (eth0)"),
            new Fault(
                FIRST,
                "peer.10.0.0.2/57152",
                "silent",
                FIRST
                    + " relay WARNING: ports from 49152 on are not reached on 10.0.0.2: everything"
                    + " comes from this machine instead"),
            new Fault(
                FIRST,
                "tools",
                "base64 bash cksum containerd curl docker-registry find sha256sum systemctl tar"
                    + " wget xargs",
                FIRST
                    + " relay WARNING: no openssl, so no other host can pass artifacts on:"
                    + " everything comes from this machine instead"),
            new Fault(
                NODE,
                "addresses",
                "eth0,1400,10.0.0.4",
                NODE
                    + " mtu WARNING: packets may be 1400 bytes long, and those of other hosts"
                    + " 1500"),
            new Fault(
                FIRST,
                "room./var/lib/sealos",
                "1024 - rw /data",
                FIRST + " space FAILED: /data is too small: *.* MiB needed, 0.0 MiB free"),
            new Fault(
                FIRST,
                "room./var/lib/sealos",
                "1073741824 3 rw /data",
                FIRST + " space FAILED: /data has too few inodes: * needed, 3 free"),
            new Fault(
                NODE,
                "room./etc",
                "1073741824 - ro /etc",
                NODE + " mounts FAILED: /etc is mounted read-only, and /etc is below it"),
            new Fault(
                NODE,
                "room./var/lib/sealos",
                "1073741824 - rw,noexec /data",
                NODE
                    + " mounts FAILED: /data is mounted noexec, and what"
                    + " /var/lib/sealos/data/looked-at/rootfs holds shall run"),
            new Fault(
                FIRST,
                "port.5000",
                "00000000,nginx",
                FIRST + " registry port FAILED: port 5000 is taken by nginx"),
            new Fault(
                FIRST,
                "port.5000",
                "unchecked",
                FIRST
                    + " registry port NOT_CHECKED: could not check: the host did not tell who"
                    + " listens"),
            new Fault(
                NODE, "engines", "dockerd", NODE + " engines WARNING: dockerd runs here already"),
            new Fault(NODE, "selinux", "1", NODE + " security WARNING: SELinux is enforced"),
            new Fault(NODE, "firewall", "ufw", NODE + " security WARNING: ufw is at work"),
            new Fault(
                NODE,
                "peer.10.0.0.2/5000",
                "silent",
                NODE + " peers FAILED: 10.0.0.2 port 5000 does not answer"),
            new Fault(
                NODE,
                "peer.10.0.0.2/5000",
                "failed No route to host",
                NODE + " peers FAILED: 10.0.0.2 port 5000 failed No route to host"),
            new Fault(
                NODE,
                "peer.10.0.0.2/5000",
                "unchecked neither curl nor bash with timeout is on this host",
                NODE
                    + " peers NOT_CHECKED: could not check: 10.0.0.2 port 5000: neither curl nor"
                    + " bash with timeout is on this host"),
            new Fault(
                NODE,
                "proxy.containerd",
                "HTTPS_PROXY",
                NODE
                    + " proxy WARNING: HTTPS_PROXY of the unit of containerd would take what is for"
                    + " sealos.hub, 10.0.0.1, 10.0.0.2"),
            new Fault(
                NODE,
                "arch",
                "aarch64",
                FIRST + " source WARNING: nothing for arm64 (10.0.0.4) in sample/app-0:v1",
                "10.0.0.2 source WARNING: nothing for arm64 (10.0.0.4) in sample/app-0:v1"),
            new Fault(
                NODE,
                "machine",
                "",
                NODE
                    + " identity NOT_CHECKED: could not check: the host did not tell its machine-id"),
            new Fault(NODE, "lacks", "df stat", NODE + " tools FAILED: not found: df, stat"),
            new Fault(
                NODE,
                "tools",
                "base64 bash cksum containerd curl find openssl systemctl wget xargs",
                NODE + " tools FAILED: not found: tar"))
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    fault.fact() + " " + fault.value() + " on " + fault.host(),
                    () -> {
                      LookedAtCluster hosts = new LookedAtCluster(directory);
                      hosts.ssh.facts(fault.host(), Map.of(fault.fact(), fault.value()));
                      assertFindings(hosts.preflight(), fault.rows());
                    }));
  }

  @Test
  void anExceptionOfTheProxyThatCoversTheRegistriesIsNoFinding() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.facts(
        NODE, Map.of("proxy.login", "http_proxy", "no_proxy.login", "10.0.0.0/8,.sealos.hub"));
    assertFindings(hosts.preflight());
    hosts.ssh.facts(NODE, Map.of("no_proxy.login", "10.0.0.1/32,.hub"));
    assertFindings(
        hosts.preflight(),
        NODE
            + " proxy WARNING: http_proxy of the login environment would take what is for"
            + " 10.0.0.2");
  }

  @Test
  @DisplayName("foreign data where the registry will be is found before anything is touched")
  void foreignDataIsFound() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.files(FIRST).write("/var/lib/sealos/data/looked-at/registry/mine", "x");
    assertFindings(
        hosts.preflight(),
        FIRST
            + " registry data WARNING: /var/lib/sealos/data/looked-at/registry holds * entries that"
            + " are not ours: it is kept, and the images are added to it");
  }

  @Test
  void aLineOfTheHostsFileThatGivesTheNameToAStrangerIsFound() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.files(NODE).write("/etc/hosts", "127.0.0.1 localhost\n192.168.7.7 sealos.hub\n");
    assertThat(findings(hosts.preflight()))
        .contains(
            NODE
                + " hosts file WARNING: /etc/hosts gives sealos.hub to 192.168.7.7, which no"
                + " registry of this cluster has");
  }

  @Test
  @DisplayName("a user who may not become root is the row of that host alone, with what to do")
  void aUserWhoMayNotBecomeRootIsFound() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    Cluster deployed =
        hosts.cluster.withHosts(
            host ->
                host.address().equals(NODE)
                    ? Host.at(NODE)
                        .roles(Role.NODE)
                        .ssh(SshAccess.builder().user("deploy").build())
                        .build()
                    : host);
    hosts.ssh.refuseSudo(NODE);
    Report report =
        Bootstraps.builder(deployed, hosts.ssh).secrets(new KnownSecrets()).build().preflight();
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.host() + " " + row.step()).isEqualTo(NODE + " reach");
              assertThat(row.field()).isEqualTo("spec.ssh, or ssh of the host");
              assertThat(row.hint()).contains("docs/sudo.md");
            });
    assertThat(report.results())
        .filteredOn(row -> row.status() == Status.NOT_CHECKED)
        .extracting(HostResult::host)
        .containsOnly(NODE);
  }

  @Test
  @DisplayName("a host that is down is its own row; of its registry others say they do not know")
  void aHostThatIsDownIsItsOwnRow() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.unreachable("10.0.0.2");
    Report report = hosts.preflight();
    assertThat(report.failures())
        .extracting(row -> row.host() + " " + row.step())
        .containsExactly("10.0.0.2 reach");
    assertThat(report.results("10.0.0.2"))
        .filteredOn(row -> !row.step().equals("reach"))
        .allMatch(row -> row.status() == Status.NOT_CHECKED);
    assertThat(report.results(NODE))
        .filteredOn(row -> row.status() != Status.OK)
        .extracting(LookedAtCluster::words)
        .containsExactly(
            NODE
                + " peers NOT_CHECKED: could not check: 10.0.0.2 port 5000 does not answer, nor is"
                + " its host reached");
  }

  @Test
  void aRegistryBesideTheCallThatIsSilentStopsNobodyWhoHasAnother() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.unreachable("10.0.0.2");
    assertThat(hosts.bootstrap().build().preflight(FIRST, NODE).results())
        .filteredOn(row -> row.step().equals("peers"))
        .extracting(LookedAtCluster::words)
        .containsExactly(
            FIRST
                + " peers WARNING: 10.0.0.2 port 5000 does not answer; that host is not of this"
                + " call",
            NODE
                + " peers WARNING: 10.0.0.2 port 5000 does not answer; that host is not of this"
                + " call");
    hosts.ssh.unreachable(FIRST);
    assertThat(hosts.bootstrap().build().preflight(NODE).failures())
        .extracting(HostResult::step)
        .containsExactly("peers");
  }
}

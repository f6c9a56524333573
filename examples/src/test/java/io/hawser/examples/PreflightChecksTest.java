package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.FIRST;
import static io.hawser.examples.LookedAtCluster.NODE;
import static io.hawser.examples.LookedAtCluster.assertFindings;
import static io.hawser.examples.LookedAtCluster.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.preflight.Finding;
import io.hawser.bootstrap.preflight.PreflightCheck;
import io.hawser.cluster.Role;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks are named, can be left out, and can be added to; one that breaks passes nobody. */
class PreflightChecksTest {
  @TempDir Path directory;
  private LookedAtCluster hosts;

  @BeforeEach
  void makeHosts() {
    hosts = new LookedAtCluster(directory);
  }

  private static PreflightCheck swap() {
    return PreflightCheck.of(
            "swap",
            "no swap is on",
            host ->
                host.access().text("/proc/swaps").isEmpty()
                    ? Finding.ok("no swap")
                    : Finding.failed("swap is on").advice("spec.hosts", "run swapoff -a"))
        .onHosts(host -> host.is(Role.NODE));
  }

  @Test
  void aCheckOfOnesOwnIsARowOnItsHosts() {
    Report well = hosts.bootstrap().check(swap()).build().preflight();
    assertThat(well.results())
        .filteredOn(row -> row.step().equals("swap"))
        .extracting(HostResult::host)
        .containsExactly(NODE);
    assertFindings(well);

    hosts.ssh.files(NODE).write("/proc/swaps", "/dev/sda2\n");
    Report ill = hosts.bootstrap().check(swap()).build().preflight();
    assertFindings(ill, NODE + " swap FAILED: swap is on");
    HostResult row = ill.failures().get(0);
    assertThat(List.of(row.field(), row.hint())).containsExactly("spec.hosts", "run swapoff -a");
  }

  @Test
  void aCheckMayCompareAHostWithAllOthers() {
    PreflightCheck same =
        PreflightCheck.of(
            "same-os",
            "all hosts run one system",
            host ->
                host.all().values().stream().map(facts -> facts.get("os")).distinct().count() == 1
                    ? Finding.ok(host.facts().get("os"))
                    : Finding.warning("hosts run several systems").advice(null, "choose one"));
    assertFindings(hosts.bootstrap().check(same).build().preflight());
    hosts.ssh.facts(NODE, Map.of("os", "Alpine"));
    assertThat(findings(hosts.bootstrap().check(same).build().preflight()))
        .hasSize(4)
        .allMatch(row -> row.endsWith("same-os WARNING: hosts run several systems"));
  }

  @Test
  void aCheckThatIsLeftOutIsARowThatSaysSo() {
    hosts.ssh.facts(FIRST, Map.of("port.5000", "00000000,nginx"));
    Report report =
        hosts
            .bootstrap()
            .check(swap())
            .skipChecks(List.of("registry port", "swap"))
            .build()
            .preflight();
    assertFindings(
        report,
        FIRST + " registry port SKIPPED: skipped, as it was asked for",
        "10.0.0.2 registry port SKIPPED: skipped, as it was asked for",
        NODE + " swap SKIPPED: skipped, as it was asked for");
    assertThat(report.succeeded()).isTrue();
  }

  @Test
  void aNameThatNoCheckHasIsRefusedWithTheClosestOne() {
    assertThatThrownBy(() -> hosts.bootstrap().skipCheck("clok").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no check is called \"clok\"; did you mean \"clock\"?");
    assertThatThrownBy(() -> hosts.bootstrap().skipCheck("reach").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be skipped");
  }

  @Test
  void twoChecksOfOneNameAreRefused() {
    assertThatThrownBy(() -> hosts.bootstrap().check(swap()).check(swap()))
        .hasMessage("two checks are called swap");
    assertThatThrownBy(
            () ->
                hosts.bootstrap().check(PreflightCheck.of("clock", "time", host -> Finding.ok(""))))
        .hasMessageContaining("a check of Hawser is called clock");
    assertThatThrownBy(() -> PreflightCheck.of("No name", "", host -> Finding.ok("")))
        .hasMessageContaining("lower case letters");
  }

  @Test
  @DisplayName("a check that breaks is \"could not check\" with why, and the others go on")
  void aCheckThatBreaksPassesNobody() {
    PreflightCheck breaks =
        PreflightCheck.of(
                "breaks",
                "nothing",
                host -> {
                  throw new IllegalStateException("no idea");
                })
            .onHosts(host -> host.address().equals(NODE));
    PreflightCheck silent =
        PreflightCheck.of("silent", "nothing", host -> null)
            .onHosts(host -> host.address().equals(NODE));
    Report report = hosts.bootstrap().check(breaks).check(silent).build().preflight();
    assertThat(findings(report))
        .containsExactly(
            NODE + " breaks NOT_CHECKED: could not check: java.lang.IllegalStateException: no idea",
            NODE + " silent NOT_CHECKED: could not check: the check gave no finding");
  }

  @Test
  @DisplayName("a host whose survey breaks gives \"could not check\" where its answers are missing")
  void aHostWithoutASurveyIsNotPassed() {
    hosts.ssh.whenMatching(NODE, "hawser-agent survey .*").answer(1, "", "sh: out of memory\n");
    Report report = hosts.preflight();
    assertThat(report.results(NODE))
        .filteredOn(row -> row.status() == Status.NOT_CHECKED)
        .extracting(HostResult::step)
        .containsExactly(
            "tools",
            "identity",
            "address",
            "clock",
            "space",
            "mounts",
            "engines",
            "security",
            "peers",
            "proxy",
            "mtu");
    assertThat(report.failures()).isEmpty();
  }

  @Test
  @DisplayName("nor do the checks of registries pass on a host whose survey breaks")
  void aRegistryWithoutASurveyIsNotPassed() {
    hosts.ssh.whenMatching(FIRST, "hawser-agent survey .*").answer(1, "", "sh: out of memory\n");
    assertThat(hosts.preflight().results(FIRST))
        .filteredOn(row -> row.status() == Status.NOT_CHECKED)
        .extracting(HostResult::step)
        .contains("tools", "registry port", "peers", "relay", "proxy");
  }

  @Test
  void allChecksAreListedWithOneLineEach() {
    assertThat(Bootstraps.preflightChecks())
        .containsKeys("reach", "source", "registry port", "clock", "check")
        .allSatisfy((name, about) -> assertThat(about).isNotBlank().doesNotContain("\n"));
  }

  @Test
  @DisplayName("preflight needs few calls for a host, and runs nothing but the rootfs's own check")
  void preflightRunsNothingButTheCheckOfTheRootfs() {
    int before = hosts.ssh.transcript(NODE).size();
    hosts.preflight();
    List<String> calls =
        hosts.ssh.transcript(NODE).stream()
            .skip(before)
            .map(call -> call.command().replaceFirst("^(hawser-agent [a-z]+) .*", "$1"))
            .toList();
    assertThat(calls).startsWith("hawser-agent facts", "hawser-agent survey").hasSizeLessThan(10);
    assertThat(calls)
        .allMatch(call -> call.matches("hawser-agent (facts|survey|journal|list|read)|check"));
  }
}

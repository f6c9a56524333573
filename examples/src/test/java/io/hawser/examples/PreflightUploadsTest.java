package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.FIRST;
import static io.hawser.examples.LookedAtCluster.assertFindings;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.registry.ArtifactDistributors;
import io.hawser.registry.RegistryMode;
import io.hawser.report.Report;
import io.hawser.ssh.mock.MockSsh;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only those meet who push to replicas, or who chose how artifacts come to them. */
class PreflightUploadsTest {
  private static final String SECOND = "10.0.0.2";
  private static final String LOGIN =
      " registry login WARNING: the registry has the password of every sealos rootfs";

  @TempDir Path directory;

  private static void configure(MockSsh ssh, String host, String secret) {
    ssh.files(host)
        .write("/etc/registry/registry_config.yml", "http:\n  addr: :5000\n" + secret + "auth:\n");
  }

  private Report preflight(String first, String second) {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    configure(hosts.ssh, FIRST, first);
    configure(hosts.ssh, SECOND, second);
    return hosts.bootstrap().mode(RegistryMode.SEALOS).build().preflight();
  }

  @Test
  @DisplayName("replicas with one http.secret are well; it is in no row")
  void oneSecretForAllIsWell() {
    Report report = preflight("  secret: both\n", "  secret: \"both\"\n");
    assertFindings(report, FIRST + LOGIN, SECOND + LOGIN);
    assertThat(report.toTable()).contains("one for all").doesNotContain("both");
  }

  @Test
  @DisplayName("replicas with different secrets are found, and what it means is said")
  void differentSecretsAreFound() {
    Report report = preflight("  secret: one\n", "  secret: other\n");
    assertFindings(
        report,
        FIRST + LOGIN,
        SECOND + LOGIN,
        FIRST
            + " registry secret WARNING: the registry has another http.secret than 10.0.0.2: an"
            + " upload that goes through both fails, pulls do not",
        SECOND
            + " registry secret WARNING: the registry has another http.secret than 10.0.0.1: an"
            + " upload that goes through both fails, pulls do not");
    assertThat(report.toTable()).doesNotContain("secret: o");
  }

  @Test
  @DisplayName("registries of a rootfs that gives none make up their own, each another")
  void noSecretIsFound() {
    String row =
        " registry secret WARNING: the registry has no http.secret and makes up its own: an upload"
            + " that goes through several registries fails, pulls do not";
    assertFindings(preflight("", ""), FIRST + LOGIN, SECOND + LOGIN, FIRST + row, SECOND + row);
  }

  @Test
  @DisplayName("what Hawser configures itself has one secret, also on a replica that is added")
  void managedRegistriesHaveOne() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.lenient();
    hosts.bootstrap().build().init();
    assertThat(hosts.preflight().results(SECOND))
        .filteredOn(row -> row.step().equals("registry secret"))
        .singleElement()
        .satisfies(row -> assertThat(row.message()).isEqualTo("one for all"));
    hosts.ssh.files(SECOND).write("/etc/hawser/looked-at/registry.yml", "http:\n  secret: x\n");
    assertThat(LookedAtCluster.findings(hosts.preflight()))
        .contains(
            SECOND
                + " registry secret WARNING: the registry has another http.secret than 10.0.0.1: an"
                + " upload that goes through both fails, pulls do not");
  }

  @Test
  @DisplayName("ports of the relay are of no matter when another distributor was chosen")
  void anotherDistributorNeedsNoPorts() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.facts(FIRST, Map.of("peer.10.0.0.2/57152", "silent"));
    assertFindings(
        hosts.bootstrap().distributor(ArtifactDistributors.direct()).build().preflight());
  }

  @Test
  @DisplayName("who is not reached at the registry's port fails once")
  void aHostBehindAFirewallIsOneRow() {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    hosts.ssh.facts(FIRST, Map.of("peer.10.0.0.2/57152", "silent", "peer.10.0.0.2/5000", "silent"));
    assertFindings(
        hosts.preflight(),
        FIRST + " peers FAILED: 10.0.0.2 port 5000 does not answer",
        FIRST
            + " relay NOT_CHECKED: could not check: what peers says of 10.0.0.2 has to be mended"
            + " before");
  }
}

package io.hawser.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ArtifactRescue;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryPlacements;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that sealos made: one registry on the first master, no journal of ours. */
@Timeout(120)
class AdoptionTest {
  private static final String IMAGE = "sealos.hub:5000/sample/app-0:v1";
  private static final String[] ROLES = {
    "master,registry", "node,registry", "node,registry", "node"
  };

  @TempDir Path directory;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();
  private final List<HostSnapshot> before = new ArrayList<>();
  private EmbeddedHosts hosts;
  private SshClient ssh;
  private ImageMount rootfs;

  @BeforeEach
  void start() throws IOException {
    hosts = EmbeddedHosts.start(4);
    ssh = SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();
    rootfs = SampleImages.of(1).writeRootfs(directory.resolve("rootfs"));
    SealosMadeCluster.make(hosts, ssh, cluster(), rootfs.mountPoint());
    snapshot();
  }

  @AfterEach
  void stop() {
    ssh.close();
    hosts.close();
  }

  private void snapshot() {
    before.clear();
    for (int i = 0; i < hosts.count(); i++) {
      before.add(hosts.snapshot(i));
    }
  }

  private void assertAsBefore() {
    for (int i = 0; i < hosts.count(); i++) {
      assertThat(before.get(i).differences(hosts.snapshot(i))).as("host " + i).isEmpty();
    }
  }

  private Cluster cluster() {
    List<Host> members = hosts.cluster("made", ROLES).hosts();
    return Cluster.named("made").hosts(members).mount(rootfs).build();
  }

  private Bootstraps.Builder bootstrap(RegistryMode mode) {
    return Bootstraps.builder(cluster(), ssh).secrets(secrets).mode(mode);
  }

  private Bootstrap sealos() {
    return bootstrap(RegistryMode.SEALOS).build();
  }

  private Filesystem filesystem() {
    return Filesystems.of(cluster(), ssh);
  }

  private List<String> addresses() {
    return hosts.addresses().stream()
        .map(address -> address + ":" + hosts.access().port())
        .toList();
  }

  private List<String> registries() {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < hosts.count(); i++) {
      states.add(hosts.serviceState(i, "registry"));
    }
    return states;
  }

  private String text(int host, String path) throws IOException {
    // Not every byte of a hosts file is UTF-8.
    return Files.readString(hosts.root(host).resolve(path), ISO_8859_1);
  }

  private static List<HostResult> rows(Report report, String step) {
    return report.results().stream().filter(row -> row.step().equals(step)).toList();
  }

  private Report refused(Bootstrap bootstrap) {
    Report[] report = new Report[1];
    assertThatThrownBy(bootstrap::init)
        .isInstanceOfSatisfying(BootstrapException.class, e -> report[0] = e.report());
    return report[0];
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  void itGrowsToThreeRegistriesWithoutAFailedPullAndIsGivenBack() throws Exception {
    Path pushed = hosts.root(0).resolve("var/lib/registry/docker/registry/v2/repositories/theirs");
    Files.createDirectories(pushed);
    Files.writeString(pushed.resolve("pushed"), "by a user");
    snapshot();
    try (PullLoop loop = new PullLoop(hosts, IMAGE, 2, 3)) {
      loop.awaitMore(4);
      filesystem().mountRootfs(addresses());
      Report init = sealos().init();
      assertThat(rows(init, "adopt"))
          .hasSize(4)
          .allMatch(row -> row.message().contains("its init scripts are not run again"));
      assertThat(rows(init, "adopt").get(0).message()).contains("its registry serves on");
      assertThat(rows(init, "init")).as("scripts that sealos ran").isEmpty();
      assertThat(rows(init, "registry"))
          .extracting(HostResult::host)
          .containsExactly(hosts.address(1), hosts.address(2));
      loop.awaitMore(4);
      assertThat(registries()).containsExactly("active", "active", "active", "inactive");
      assertThat(text(3, "etc/hosts"))
          .contains("\n# hawser aside registry.sealos.hub: " + hosts.address(0) + " sealos.hub\n")
          .contains(hosts.address(2) + " sealos.hub\n", "apiserver.cluster.local");
      assertThat(sealos().plan().toTable()).startsWith("nothing to change");
      assertThat(sealos().init().changed()).as("the second run changes something").isFalse();
      hosts.stop(0);
      loop.awaitMore(6);
      loop.end();
      System.out.println(
          loop.pulls()
              + " pulls by two nodes during adoption and the loss of the first master, failed: "
              + loop.failures().size());
      assertThat(loop.failures()).isEmpty();
    }
    hosts.boot(0);
    sealos().reset();
    filesystem().unMountRootfs(addresses());
    assertAsBefore();
    assertThat(registries()).containsExactly("active", "inactive", "inactive", "inactive");
    hosts.pullClient(3).pull(IMAGE);
  }

  @Test
  void aPlanAndAPreflightSayWhatWouldBecomeOfItAndChangeNothing() {
    Report preflight = sealos().preflight();
    assertThat(preflight.succeeded()).as(preflight.toTable()).isTrue();
    assertThat(rows(preflight, "adopt"))
        .hasSize(4)
        .allMatch(row -> row.message().startsWith("sealos brought this host up"));
    assertThat(rows(preflight, "check"))
        .as("a script that may stop a running registry")
        .allMatch(row -> row.status() == Status.SKIPPED);
    assertThat(rows(preflight, "registry data").get(0).message())
        .isEqualTo("the registry of sealos keeps its data");
    Plan plan = sealos().plan();
    assertThat(plan.hasProblems()).isFalse();
    assertThat(plan.items().stream().map(Plan.Item::step)).contains("adopt").doesNotContain("init");
    assertThat(plan.items())
        .noneMatch(item -> item.step().equals("registry") && item.host().equals(hosts.address(0)));
    assertAsBefore();
  }

  @Test
  void modeSafeIsRefusedAsAWholeWithWhatToDo() {
    Bootstrap safe = bootstrap(RegistryMode.SAFE).build();
    Report report = refused(safe);
    HostResult first = report.results(hosts.address(0)).get(0);
    assertThat(first.status()).isEqualTo(Status.FAILED);
    assertThat(first.message()).contains("registry.service, has port 5000");
    assertThat(first.hint()).contains("use mode SEALOS", "on other hosts");
    assertThat(report.results(hosts.address(1)))
        .singleElement()
        .satisfies(row -> assertThat(row.status()).isEqualTo(Status.SKIPPED));
    assertThat(safe.plan().toTable()).contains("registry.service, has port 5000");
    assertThat(safe.preflight().failures())
        .extracting(HostResult::host)
        .containsExactly(hosts.address(0));
    assertAsBefore();
  }

  @Test
  void modeSafeOnOtherHostsLeavesTheRegistryOfSealosToItself() throws Exception {
    Bootstrap safe =
        bootstrap(RegistryMode.SAFE)
            .placement(RegistryPlacements.at(hosts.address(1), hosts.address(2)))
            .build();
    try (PullLoop loop = new PullLoop(hosts, IMAGE, 2, 3)) {
      loop.awaitMore(2);
      filesystem().mountRootfs(addresses());
      safe.init();
      loop.awaitMore(4);
      assertThat(text(3, "etc/containerd/certs.d/sealos.hub:5000/hosts.toml"))
          .contains(hosts.address(1) + ":5000")
          .doesNotContain(hosts.address(0) + ":5000");
      assertThat(registries()).containsExactly("active", "inactive", "inactive", "inactive");
      assertThat(safe.init().changed()).isFalse();
      loop.end();
      assertThat(loop.failures()).isEmpty();
    }
    safe.reset();
    filesystem().unMountRootfs(addresses());
    assertAsBefore();
  }

  @Test
  void aRegistryThatDoesNotRunIsRefusedBeforeAnythingIsDone() {
    hosts.stopService(0, "registry");
    HostResult row = refused(sealos()).results(hosts.address(0)).get(0);
    assertThat(row.message()).contains("does not run");
    assertThat(row.hint()).contains("systemctl start registry");
    assertAsBefore();
  }

  @Test
  void aRegistryWithItsDataElsewhereIsRefusedBeforeAnythingIsDone() throws IOException {
    Path data = hosts.root(0).resolve("var/lib/registry");
    Files.delete(data);
    Files.createDirectories(data.resolve("docker"));
    snapshot();
    assertThat(refused(sealos()).results(hosts.address(0)).get(0).message())
        .contains("/var/lib/registry is not the link");
    assertAsBefore();
  }

  @Test
  void withoutArtifactsHereNoEmptyRegistryIsShownAndTheyCanBeBroughtBack() throws IOException {
    Path lost = Files.move(rootfs.mountPoint().resolve("registry"), directory.resolve("lost"));
    filesystem().mountRootfs(addresses());
    Report report = refused(sealos());
    assertThat(report.results(hosts.address(0))).noneMatch(row -> row.status().isFailure());
    assertThat(report.failures())
        .extracting(HostResult::host)
        .containsExactlyInAnyOrder(hosts.address(1), hosts.address(2));
    assertThat(text(3, "etc/hosts")).doesNotContain("\n" + hosts.address(1) + " sealos.hub");
    hosts.pullClient(3).pull(IMAGE);

    HostResult row =
        ArtifactRescue.fromReplica(
            ssh, cluster(), hosts.address(0), rootfs.mountPoint().resolve("registry"));
    assertThat(row.status()).as(row.message()).isEqualTo(Status.OK);
    assertThat(lost).isDirectory();
    assertThat(sealos().init().succeeded()).isTrue();
    assertThat(registries()).containsExactly("active", "active", "active", "inactive");
  }

  @Test
  void aHostThatIsAddedLaterIsInitialisedAsAnyOther() throws IOException {
    Path lines = hosts.root(3).resolve("etc/hosts");
    Files.writeString(lines, "127.0.0.1 localhost\n");
    String home = System.getProperty("user.home");
    System.setProperty("user.home", directory.toString());
    Report init;
    try {
      init = adopted(cluster(), addresses());
    } finally {
      System.setProperty("user.home", home);
    }
    assertThat(rows(init, "init"))
        .singleElement()
        .satisfies(row -> assertThat(row.host()).isEqualTo(hosts.address(3)));
    assertThat(rows(init, "adopt")).hasSize(3);
  }

  /** As the page on adopting shows it. */
  private Report adopted(Cluster cluster, List<String> hosts) {
    Filesystems.of(cluster, ssh).mountRootfs(hosts);
    Bootstrap bootstrap = Bootstraps.builder(cluster, ssh).mode(RegistryMode.SEALOS).build();
    bootstrap.preflight();
    Report report = bootstrap.init();
    return report;
  }
}

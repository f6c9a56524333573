package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.RegistryMode;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Registries come, go and die on hosts of this JVM while two nodes pull all the time. */
@Timeout(180)
class LiveChangesTest {
  private static final String UNIT = "hawser-registry-live";
  private static final String IMAGE = "sealos.hub:5000/sample/app-0:v1";
  private static final int[] NODES = {2, 3};

  @TempDir Path directory;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();
  private final List<HostSnapshot> before = new ArrayList<>();
  private EmbeddedHosts hosts;
  private SshClient ssh;
  private ImageMount rootfs;
  private RegistryMode mode = RegistryMode.SAFE;

  @BeforeEach
  void start() {
    hosts = EmbeddedHosts.start(4);
    ssh = SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();
    rootfs = SampleImages.of(1).writeRootfs(directory.resolve("rootfs"));
    for (int i = 0; i < hosts.count(); i++) {
      before.add(hosts.snapshot(i));
    }
  }

  @AfterEach
  void stop() {
    ssh.close();
    hosts.close();
  }

  /** Two masters and two nodes; those that are given run a registry. */
  private Cluster registriesOn(Integer... registries) {
    List<String> roles = new ArrayList<>(List.of("master", "master", "node", "node"));
    List.of(registries).forEach(host -> roles.set(host, roles.get(host) + ",registry"));
    return of(hosts.cluster("live", roles.toArray(String[]::new)).hosts());
  }

  private Cluster of(List<Host> members) {
    return Cluster.named("live").hosts(members).mount(rootfs).build();
  }

  private Bootstrap bootstrap(Cluster cluster) {
    // The clients of this JVM keep their connections open for long when they are idle.
    return Bootstraps.builder(cluster, ssh)
        .secrets(secrets)
        .mode(mode)
        .drainWithin(Duration.ofMillis(500))
        .build();
  }

  private Report init(Integer... registries) {
    return bootstrap(registriesOn(registries)).init();
  }

  private void mount() {
    Filesystem filesystem = Filesystems.of(registriesOn(0), ssh);
    filesystem.mountRootfs(addresses());
  }

  private List<String> addresses() {
    return registriesOn(0).hosts().stream()
        .map(host -> host.address() + ":" + host.ssh().port())
        .toList();
  }

  private List<Integer> serving() {
    List<Integer> serving = new ArrayList<>();
    for (int i = 0; i < hosts.count(); i++) {
      if (hosts.serviceState(i, UNIT).equals("active")) {
        serving.add(i);
      }
    }
    return serving;
  }

  private static List<String> retired(Report report) {
    return report.results().stream()
        .filter(row -> row.step().equals("retire") && row.status() == Status.CHANGED)
        .map(HostResult::host)
        .toList();
  }

  private String list(int node) throws IOException {
    return Files.readString(
        hosts.root(node).resolve("etc/containerd/certs.d/sealos.hub:5000/hosts.toml"));
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName("no pull fails while registries are added, exchanged and removed")
  void registriesMoveWhileNodesPull() throws Exception {
    mount();
    init(0);
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(4);
      assertThat(retired(init(0, 1))).isEmpty();
      assertThat(serving()).containsExactly(0, 1);
      loop.awaitMore(4);
      assertThat(retired(init(1, 2))).containsExactly(hosts.address(0));
      assertThat(serving()).containsExactly(1, 2);
      loop.awaitMore(4);
      assertThat(retired(init(2))).containsExactly(hosts.address(1));
      assertThat(serving()).containsExactly(2);
      loop.awaitMore(4);
      assertThat(init(2).changed()).as("the second run changes something").isFalse();
      loop.end();
      System.out.println(
          loop.pulls()
              + " pulls by two nodes during add, exchange and removal, failed: "
              + loop.failures().size());
      assertThat(loop.failures()).isEmpty();
    }
    assertThat(bootstrap(registriesOn(2)).plan().hasChanges()).isFalse();
    resetAndCompare(registriesOn(2));
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName(
      "F8 no pull fails while the first replica, on the first master, dies and is replaced")
  void theDeadFirstReplicaIsReplacedWhileNodesPull() throws Exception {
    mount();
    init(0, 1);
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(4);
      hosts.stop(0);
      loop.awaitMore(4);
      assertThatThrownBy(() -> init(1, 2))
          .isInstanceOfSatisfying(
              BootstrapException.class,
              e ->
                  assertThat(e.report().failures())
                      .extracting(HostResult::host)
                      .containsOnly(hosts.address(0)));
      assertThat(serving()).containsExactly(1, 2);
      for (int node : NODES) {
        assertThat(list(node)).contains(hosts.address(2)).doesNotContain(hosts.address(0) + ":");
      }
      loop.awaitMore(4);
      List<Host> left = registriesOn(1, 2).hosts().subList(1, 4);
      assertThat(bootstrap(of(left)).init().succeeded()).as("without the dead host").isTrue();
      hosts.boot(0);
      assertThat(serving()).as("it comes back as it was").containsExactly(0, 1, 2);
      assertThat(retired(init(1, 2))).containsExactly(hosts.address(0));
      assertThat(serving()).containsExactly(1, 2);
      loop.awaitMore(4);
      loop.end();
      System.out.println(
          loop.pulls()
              + " pulls by two nodes while the first replica was replaced, failed: "
              + loop.failures().size());
      assertThat(loop.failures()).isEmpty();
    }
    resetAndCompare(registriesOn(1, 2));
  }

  @Test
  void aRegistryOfTheRootfsMovesWhileNodesPull() throws Exception {
    mode = RegistryMode.SEALOS;
    mount();
    init(0);
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(2);
      assertThat(retired(init(1))).containsExactly(hosts.address(0));
      assertThat(hosts.serviceState(0, "registry")).isEqualTo("inactive");
      assertThat(hosts.serviceState(1, "registry")).isEqualTo("active");
      loop.awaitMore(2);
      assertThat(init(1).changed()).as("the second run changes something").isFalse();
      loop.end();
      assertThat(loop.failures()).isEmpty();
    }
    resetAndCompare(registriesOn(1));
  }

  private void resetAndCompare(Cluster cluster) {
    bootstrap(cluster).reset();
    Filesystems.of(cluster, ssh).unMountRootfs(addresses());
    for (int i = 0; i < hosts.count(); i++) {
      assertThat(before.get(i).differences(hosts.snapshot(i))).as("host " + i).isEmpty();
    }
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.ExternalDependency;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.ImageMount;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryLogins;
import io.hawser.registry.RegistrySettings;
import io.hawser.registry.RegistryTransport;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.Command;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Logins and authorities change on hosts of this JVM while two nodes pull all the time. */
@Timeout(180)
class PasswordRotationTest {
  private static final String IMAGE = "sealos.hub:5000/sample/app-0:v1";
  private static final int[] NODES = {2, 3};
  private static final int[] REPLICAS = {0, 1};
  private static final String IDENTITY = "etc/hawser/rotated/registry_tls.pem";
  private static final String CA = "etc/hawser/registry-ca/sealos.hub-5000.pem";

  @TempDir Path directory;
  private ClusterSecrets secrets = ClusterSecretStores.inMemory();
  private RegistryTransport transport = RegistryTransport.PLAIN_HTTP;
  private EmbeddedHosts hosts;
  private SshClient ssh;
  private ImageMount rootfs;

  @BeforeEach
  void start() {
    hosts = EmbeddedHosts.start(4);
    ssh = SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();
    rootfs = SampleImages.of(1).writeRootfs(directory.resolve("rootfs"));
    Cluster cluster = cluster(Map.of());
    Filesystems.of(cluster, ssh)
        .mountRootfs(
            cluster.hosts().stream()
                .map(host -> host.address() + ":" + host.ssh().port())
                .toList());
  }

  @AfterEach
  void stop() {
    ssh.close();
    hosts.close();
  }

  private Cluster cluster(Map<String, String> env) {
    return Cluster.named("rotated")
        .hosts(hosts.cluster("rotated", "master,registry", "registry", "node", "node").hosts())
        .env(env)
        .mount(rootfs)
        .build();
  }

  private Bootstraps.Builder builder(Map<String, String> env) {
    return Bootstraps.builder(cluster(env), ssh)
        .secrets(secrets)
        .transport(transport)
        .drainWithin(Duration.ofMillis(500));
  }

  private Bootstrap bootstrap() {
    return builder(Map.of()).build();
  }

  private RegistrySettings login(Map<String, String> env) {
    Registries registries = Registries.builder(cluster(env)).secrets(secrets).build();
    return registries.settings(registries.replicas().get(0));
  }

  private static long rotated(Report report, Status status) {
    return report.results().stream()
        .filter(row -> row.step().equals("rotate") && row.status() == status)
        .map(HostResult::host)
        .count();
  }

  private static String header(RegistrySettings login) {
    String pair = login.username() + ":" + login.password().reveal();
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private int status(int replica, RegistrySettings login) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + hosts.address(replica) + ":5000/v2/"))
            .header("Authorization", "Basic " + header(login))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private boolean anyHostHas(RegistrySettings login) throws IOException {
    for (int host = 0; host < hosts.count(); host++) {
      try (var files = Files.walk(hosts.root(host))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          if (text.contains(login.password().reveal()) || text.contains(header(login))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void assertNoPullFailed(PullLoop loop, String during) throws InterruptedException {
    loop.awaitMore(4);
    loop.end();
    System.out.println(
        loop.pulls() + " pulls by two nodes " + during + ", failed: " + loop.failures().size());
    assertThat(loop.failures()).isEmpty();
  }

  @Test
  @DisplayName("S2 S3 no pull fails while a new password is given to all, also when a run dies")
  void aNewPasswordIsGivenToAll() throws Exception {
    bootstrap().init();
    RegistrySettings old = login(Map.of());
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(4);
      RegistryLogins.renewPassword(secrets, cluster(Map.of()));
      ExternalDependency broken =
          ExternalDependency.of(
                  "broken",
                  (host, facts) -> {
                    throw new IllegalStateException("it ends here");
                  })
              .beforeInit();
      assertThatThrownBy(() -> builder(Map.of()).dependency(broken).build().init())
          .isInstanceOfSatisfying(
              BootstrapException.class,
              e -> assertThat(e.report().failures()).hasSize(4).allMatch(this::isBroken));
      for (int replica : REPLICAS) {
        assertThat(status(replica, old)).isEqualTo(200);
        assertThat(status(replica, login(Map.of()))).isEqualTo(200);
      }
      loop.awaitMore(4);
      assertThat(bootstrap().plan().toTable()).contains("rotate").contains(old.username());
      assertThat(rotated(bootstrap().init(), Status.CHANGED)).isEqualTo(2);
      assertThat(bootstrap().init().changed()).isFalse();
      assertThat(bootstrap().plan().hasChanges()).isFalse();
      assertNoPullFailed(loop, "while the password changed");
    }
    for (int replica : REPLICAS) {
      assertThat(status(replica, old)).isEqualTo(401);
      assertThat(status(replica, login(Map.of()))).isEqualTo(200);
    }
    assertThat(anyHostHas(login(Map.of()))).isTrue();
    assertThat(anyHostHas(old)).isFalse();
  }

  private boolean isBroken(HostResult row) {
    return row.step().equals("broken");
  }

  @Test
  @DisplayName("S3 F8 a node that was down while the password changed pulls when it is back")
  void aNodeThatWasDownPullsWhenItIsBack() throws Exception {
    bootstrap().init();
    RegistrySettings old = login(Map.of());
    hosts.stop(3);
    RegistryLogins.renewPassword(secrets, cluster(Map.of()));
    try (PullLoop loop = new PullLoop(hosts, IMAGE, 2)) {
      loop.awaitMore(2);
      assertThatThrownBy(() -> bootstrap().init())
          .isInstanceOfSatisfying(
              BootstrapException.class,
              e -> assertThat(rotated(e.report(), Status.WARNING)).isEqualTo(2));
      hosts.boot(3);
      assertThat(hosts.pullClient(3).pull(IMAGE).failures()).isEmpty();
      assertThat(rotated(bootstrap().init(), Status.CHANGED)).isEqualTo(2);
      assertThat(hosts.pullClient(3).pull(IMAGE).failures()).isEmpty();
      assertNoPullFailed(loop, "while another node was down");
    }
    assertThat(status(0, old)).isEqualTo(401);
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName("S3 no pull fails while a chosen password of the same user changes")
  void aChosenPasswordOfTheSameUserChanges() throws Exception {
    Map<String, String> chosen = Map.of("registryPassword", "chosen by somebody");
    Map<String, String> another = Map.of("registryPassword", "chosen anew");
    builder(chosen).build().init();
    RegistrySettings old = login(chosen);
    assertThat(login(another).username()).isEqualTo(old.username());
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(4);
      assertThat(builder(another).build().init().succeeded()).isTrue();
      assertThat(builder(another).build().init().changed()).isFalse();
      assertNoPullFailed(loop, "while a chosen password changed");
    }
    for (int replica : REPLICAS) {
      assertThat(status(replica, old)).isEqualTo(401);
      assertThat(status(replica, login(another))).isEqualTo(200);
    }
    for (int node : NODES) {
      String list =
          Files.readString(
              hosts.root(node).resolve("etc/containerd/certs.d/sealos.hub:5000/hosts.toml"));
      assertThat(list).contains(hosts.address(0) + ":5000", hosts.address(1) + ":5000");
    }
    assertThat(anyHostHas(old)).isFalse();
  }

  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName("S6 S7 S9 no pull fails when the store is lost: authority, certificates and login")
  void theStoreIsLostWhileNodesPullByTls() throws Exception {
    transport = RegistryTransport.TLS;
    bootstrap().init();
    String authority = Files.readString(hosts.root(2).resolve(CA));
    secrets = ClusterSecretStores.inMemory();
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(4);
      Report report = bootstrap().init();
      assertThat(report.results())
          .filteredOn(row -> row.step().equals("trust"))
          .hasSize(4)
          .allMatch(row -> row.status() == Status.CHANGED);
      assertThat(rotated(report, Status.CHANGED)).isEqualTo(2);
      assertThat(bootstrap().init().changed()).isFalse();
      assertNoPullFailed(loop, "while the store was lost");
    }
    assertThat(Files.readString(hosts.root(2).resolve(CA)))
        .as("only the new authority")
        .isNotEqualTo(authority)
        .containsOnlyOnce("-----BEGIN CERTIFICATE");
  }

  /**
   * The way back is shown on real hosts: this JVM's registry never answers who speaks TLS to it.
   */
  @Test
  @EnabledIfSystemProperty(named = "hawser.long", matches = "true")
  @DisplayName("S6 S9 no pull fails while registries go from plain HTTP to TLS")
  void registriesGetTls() throws Exception {
    bootstrap().init();
    transport = RegistryTransport.TLS;
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(4);
      assertThat(bootstrap().init().succeeded()).isTrue();
      assertThat(bootstrap().init().changed()).isFalse();
      assertThat(bootstrap().plan().hasChanges()).isFalse();
      assertNoPullFailed(loop, "while registries got TLS");
    }
    assertThat(hosts.pullClient(2).pull(IMAGE).endpoints())
        .allMatch(url -> url.startsWith("https://"));
  }

  @Test
  @DisplayName("S7 S16 a certificate that was changed on a replica is put back, and shown")
  void aChangedCertificateIsPutBackAndShown() throws Exception {
    transport = RegistryTransport.TLS;
    bootstrap().init();
    Path identity = hosts.root(1).resolve(IDENTITY);
    String right = Files.readString(identity);
    String own = Files.readString(hosts.root(0).resolve(IDENTITY));
    Files.writeString(identity, own);
    ssh.run(
        cluster(Map.of()).hosts().get(1),
        Command.of("systemctl", "restart", "hawser-registry-rotated"));
    assertThat(bootstrap().plan().toTable()).contains("/" + IDENTITY);
    try (PullLoop loop = new PullLoop(hosts, IMAGE, NODES)) {
      loop.awaitMore(2);
      Report report = bootstrap().init();
      assertThat(report.changed()).isTrue();
      assertNoPullFailed(loop, "while a certificate was put back");
    }
    assertThat(Files.readString(identity)).isEqualTo(right);
    hosts.stop(0);
    assertThat(hosts.pullClient(2).pull(IMAGE).endpoints())
        .containsExactly("https://" + hosts.address(1) + ":5000");
    assertThat(List.of(hosts.serviceState(1, "hawser-registry-rotated"))).containsExactly("active");
  }
}

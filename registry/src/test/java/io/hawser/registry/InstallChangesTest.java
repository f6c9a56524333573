package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.CommandChange;
import io.hawser.host.DirectoryChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.LinkChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallChangesTest {
  private static final NodeFacts DEBIAN =
      NodeFacts.of(Map.of("tools", "curl docker-registry systemctl"));

  @TempDir Path directory;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();
  private RegistryTransport transport = RegistryTransport.PLAIN_HTTP;

  private TestImage image() {
    return new TestImage(directory);
  }

  private Cluster cluster(Map<String, String> env, Map<String, String> labels) {
    return Cluster.named("prod")
        .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build())
        .env(env)
        .mount(image().mount("rootfs", ImageType.ROOTFS, Map.of(), labels))
        .build();
  }

  private List<HostChange> changes(RegistryMode mode, Cluster cluster, NodeFacts facts) {
    return Registries.builder(cluster)
        .mode(mode)
        .transport(transport)
        .secrets(secrets)
        .build()
        .installChanges(cluster.firstMaster(), facts);
  }

  private List<HostChange> safe(Map<String, String> env) {
    return changes(RegistryMode.SAFE, cluster(env, Map.of()), DEBIAN);
  }

  private static String text(HostChange change) {
    return ((FileChange) change).content().reveal();
  }

  @Test
  void safeModeInstallsItsOwnService() {
    secrets.put("prod", "registry-http-secret", Secret.of("http secret"));
    List<HostChange> changes = safe(Map.of());
    assertThat(changes)
        .extracting(HostChange::target)
        .containsExactly(
            "/etc/hawser/prod",
            "/var/lib/sealos/data/prod/registry",
            "/etc/hawser/prod/registry_htpasswd",
            "/etc/hawser/prod/registry.yml",
            "hawser-registry-prod.service");
    assertThat(((DirectoryChange) changes.get(0)).mode()).isEqualTo(0700);
    assertThat(((FileChange) changes.get(2)).mode()).isEqualTo(0600);
    assertThat(((FileChange) changes.get(3)).mode()).isEqualTo(0600);
    assertThat(text(changes.get(3))).isEqualTo(Golden.text("registry.yml"));
    assertThat(((UnitChange) changes.get(4)).content())
        .contains(
            "ExecStart=/usr/bin/env docker-registry serve /etc/hawser/prod/registry.yml\n",
            "NoNewPrivileges=yes\n",
            "WantedBy=multi-user.target\n");
  }

  @Test
  @DisplayName("S6 S7 with TLS the replica gets its certificate, and its key in a file for root")
  void s6ReplicaWithTlsGetsItsCertificateAndKey() throws Exception {
    transport = RegistryTransport.TLS;
    secrets.put("prod", "registry-http-secret", Secret.of("http secret"));
    List<HostChange> changes = safe(Map.of());
    assertThat(changes)
        .extracting(HostChange::target)
        .containsExactly(
            "/etc/hawser/prod",
            "/var/lib/sealos/data/prod/registry",
            "/etc/hawser/prod/registry_htpasswd",
            "/etc/hawser/prod/registry_tls.pem",
            "/etc/hawser/prod/registry.yml",
            "hawser-registry-prod.service");
    FileChange identity = (FileChange) changes.get(3);
    assertThat(identity.mode()).isEqualTo(0600);
    assertThat(identity.secret()).isTrue();
    assertThat(text(changes.get(4))).isEqualTo(Golden.text("registry-tls.yml"));
    X509Certificate ca =
        TestPki.certificate(secrets.get("prod", CertificateAuthority.SECRET).orElseThrow());
    X509Certificate server = TestPki.certificate(identity.content());
    assertThat(TestPki.trusts(ca, server, Instant.now())).isTrue();
    assertThat(safe(Map.of())).as("a second run").isEqualTo(changes);
    String key = secrets.get("prod", CertificateAuthority.SECRET).orElseThrow().reveal();
    assertThat(changes)
        .as("the authority's key stays here")
        .filteredOn(FileChange.class::isInstance)
        .noneMatch(change -> text(change).contains(key.substring(key.indexOf("BEGIN PRIVATE"))));
  }

  @Test
  @DisplayName("S7 another certificate changes the unit, so that the registry reads it")
  void s7AnotherCertificateRestartsTheRegistry() {
    transport = RegistryTransport.TLS;
    HostChange unit = safe(Map.of()).get(5);
    assertThat(safe(Map.of()).get(5)).isEqualTo(unit);
    String name = ServerCertificates.secretName(Host.at("10.0.0.1").build());
    secrets.put("prod", name, Secret.of("damaged"));
    List<HostChange> renewed = safe(Map.of());
    assertThat(renewed.get(5)).isNotEqualTo(unit);
    assertThat(text(renewed.get(3))).isEqualTo(secrets.get("prod", name).orElseThrow().reveal());
  }

  @Test
  void sealosModeRefusesTls() {
    transport = RegistryTransport.TLS;
    Cluster cluster = cluster(Map.of(), Map.of("init-registry", "init-registry.sh"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> changes(RegistryMode.SEALOS, cluster, DEBIAN))
        .withMessageContaining("use mode SAFE, or transport PLAIN_HTTP");
    assertThat(secrets.get("prod", CertificateAuthority.SECRET)).isEmpty();
  }

  @Test
  void s5PasswordFileIsThereBeforeTheServiceStarts() {
    List<HostChange> changes = safe(Map.of());
    assertThat(changes.get(2).target()).endsWith("registry_htpasswd");
    assertThat(changes.get(changes.size() - 1)).isInstanceOf(UnitChange.class);
  }

  @Test
  void s14RegistryIsReadOnlyAndHidesNothingBehindADebugPort() {
    assertThat(text(safe(Map.of()).get(3)))
        .contains("readonly:\n      enabled: true", "delete:\n    enabled: false")
        .doesNotContain("debug:", "cache:");
  }

  @Test
  void changedConfigurationChangesTheUnitSoThatItRestarts() {
    HostChange first = safe(Map.of()).get(4);
    assertThat(safe(Map.of()).get(4)).isEqualTo(first);
    assertThat(safe(Map.of("registryPort", "5001")).get(4)).isNotEqualTo(first);
    assertThat(((UnitChange) first).content())
        .doesNotContain(secrets.get("prod", "registry-http-secret").orElseThrow().reveal());
  }

  @Test
  void secondRunWritesTheSamePasswordFile() {
    Map<String, String> chosen = Map.of("registryPassword", "chosen by us");
    String file = text(safe(chosen).get(2));
    assertThat(text(safe(chosen).get(2))).isEqualTo(file);
    assertThat(file).matches("hawser:\\$2y\\$05\\$[./A-Za-z0-9]{53}\n");
    assertThat(
            OpenBSDBCrypt.checkPassword(
                file.substring("hawser:".length()).strip(), "chosen by us".toCharArray()))
        .isTrue();
  }

  @Test
  void anotherPasswordOrUserMakesAnotherPasswordFileWithAnotherSalt() {
    String file = text(safe(Map.of("registryPassword", "chosen by us")).get(2));
    String next = text(safe(Map.of("registryPassword", "chosen anew")).get(2));
    assertThat(next.substring(0, 36)).isNotEqualTo(file.substring(0, 36));
    assertThat(
            text(safe(Map.of("registryPassword", "chosen anew", "registryUsername", "bob")).get(2)))
        .startsWith("bob:");
  }

  @Test
  void theImagesOwnProgramIsPreferred() {
    image().program("cri/registry", true);
    HostChange unit = safe(Map.of()).get(4);
    assertThat(((UnitChange) unit).content())
        .contains("ExecStart=/var/lib/sealos/data/prod/rootfs/cri/registry serve ");
  }

  @Test
  void aProgramThatMayNotBeExecutedIsNotChosen() {
    image().program("cri/registry", false);
    HostChange unit = safe(Map.of()).get(4);
    assertThat(((UnitChange) unit).content()).doesNotContain("cri/registry");
  }

  @Test
  void s16HostWithoutARegistryProgramIsNamed() {
    assertThatThrownBy(
            () -> changes(RegistryMode.SAFE, cluster(Map.of(), Map.of()), NodeFacts.of(Map.of())))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith("10.0.0.1: no registry program: neither cri/registry nor bin/")
        .hasMessageContaining("install the package docker-registry on the host");
  }

  @Test
  void hostsThatShareAMachineDoNotShareAPort() {
    Cluster cluster =
        cluster(Map.of(), Map.of()).withHosts(host -> host.toBuilder().root("/srv/h1").build());
    List<HostChange> changes = changes(RegistryMode.SAFE, cluster, DEBIAN);
    assertThat(changes.get(3).target()).isEqualTo("/etc/hawser/prod/registry.yml");
    assertThat(text(changes.get(3)))
        .contains(
            "addr: \"10.0.0.1:5000\"",
            "rootdirectory: \"/srv/h1/var/lib/sealos/data/prod/registry\"",
            "path: \"/srv/h1/etc/hawser/prod/registry_htpasswd\"");
    assertThat(((UnitChange) changes.get(4)).content())
        .contains("serve /srv/h1/etc/hawser/prod/registry.yml");
  }

  @Test
  void sealosModePreparesWhatTheScriptsOfARootfsFind() {
    Cluster cluster =
        cluster(
            Map.of(),
            Map.of("init-registry", "init-registry.sh /d /c", "clean-registry", "clean.sh"));
    List<HostChange> changes = changes(RegistryMode.SEALOS, cluster, NodeFacts.of(Map.of()));
    String rootfs = "/var/lib/sealos/data/prod/rootfs";
    assertThat(changes).hasSize(4);
    assertThat(changes.get(0)).isEqualTo(new LinkChange("/var/lib/registry", rootfs + "/registry"));
    assertThat(changes.get(1).target()).isEqualTo(rootfs + "/etc/registry_htpasswd");
    assertThat(text(changes.get(1))).startsWith("admin:$2y$05$");
    assertThat(changes.get(2).target()).isEqualTo(rootfs + "/etc/registry.yml");
    assertThat(text(changes.get(2)))
        .isEqualTo(
            """
            ip: "10.0.0.1"
            domain: "sealos.hub"
            port: "5000"
            username: "admin"
            password: "passw0rd"
            data: "/var/lib/registry"
            """);
    assertThat(changes.get(3))
        .isInstanceOfSatisfying(
            CommandChange.class, command -> assertThat(command.undoing()).isPresent());
  }

  @Test
  void sealosModeLeavesAnInformationFileThatTheImageBrings() {
    image().put("etc/registry.yml.tmpl", "domain: {{ .registryDomain }}");
    Cluster cluster = cluster(Map.of(), Map.of("init-registry", "init-registry.sh"));
    assertThat(changes(RegistryMode.SEALOS, cluster, DEBIAN))
        .noneMatch(change -> change.target().endsWith("registry.yml"));
  }

  @Test
  void sealosModeSaysThatARootfsHasNoRegistry() {
    assertThatThrownBy(() -> changes(RegistryMode.SEALOS, cluster(Map.of(), Map.of()), DEBIAN))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith("10.0.0.1: the rootfs has no label init-registry");
  }

  @Test
  void s1NoChangeShowsASecret() {
    transport = RegistryTransport.TLS;
    for (HostChange change : safe(Map.of("registryPassword", "chosen by us"))) {
      assertThat(change.toString() + change.summary())
          .doesNotContain("chosen by us", "$2y$", "PRIVATE KEY")
          .doesNotContain(secrets.get("prod", "registry-http-secret").orElseThrow().reveal());
    }
  }
}

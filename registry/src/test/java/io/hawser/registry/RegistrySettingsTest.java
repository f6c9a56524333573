package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();

  private static Cluster cluster(Map<String, String> env) {
    return Cluster.named("prod")
        .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build())
        .env(env)
        .build();
  }

  private RegistrySettings settings(RegistryMode mode, Cluster cluster) {
    return Registries.builder(cluster)
        .mode(mode)
        .secrets(secrets)
        .build()
        .settings(cluster.firstMaster());
  }

  @Test
  void sealosModeHasTheDefaultsOfSealos() {
    assertThat(settings(RegistryMode.SEALOS, cluster(Map.of())))
        .isEqualTo(
            new RegistrySettings(
                RegistryMode.SEALOS,
                "sealos.hub",
                5000,
                "admin",
                Secret.of("passw0rd"),
                "/etc/registry",
                "/var/lib/registry"));
  }

  @Test
  void theEnvironmentBeatsTheDefaults() {
    Map<String, String> env =
        Map.of(
            "registryDomain", "hub.example.org",
            "registryPort", "5443",
            "registryUsername", "puller",
            "registryPassword", "a long one",
            "registryConfig", "/srv/config",
            "registryData", "/srv/data");
    assertThat(settings(RegistryMode.SEALOS, cluster(env)))
        .isEqualTo(
            new RegistrySettings(
                RegistryMode.SEALOS,
                "hub.example.org",
                5443,
                "puller",
                Secret.of("a long one"),
                "/srv/config",
                "/srv/data"));
    RegistrySettings safe = settings(RegistryMode.SAFE, cluster(env));
    assertThat(safe.authority()).isEqualTo("hub.example.org:5443");
    assertThat(safe.password()).isEqualTo(Secret.of("a long one"));
    assertThat(safe.dataDirectory()).isEqualTo("/var/lib/sealos/data/prod/registry");
    assertThat(safe.configDirectory()).isEqualTo("/etc/hawser/prod");
    assertThat(secrets.get("prod", "registry-password")).isEmpty();
  }

  @Test
  void s3PasswordThatNobodyChoseIsGeneratedOnceAndKept() {
    RegistrySettings first = settings(RegistryMode.SAFE, cluster(Map.of()));
    assertThat(first.username()).matches("hawser-[0-9a-f]{8}");
    assertThat(first.password().reveal()).matches("[A-Za-z0-9_-]{32}");
    assertThat(settings(RegistryMode.SAFE, cluster(Map.of()))).isEqualTo(first);
    assertThat(secrets.get("prod", "registry-password")).contains(first.password());
    Cluster other = Cluster.named("test").hosts(cluster(Map.of()).hosts()).build();
    assertThat(settings(RegistryMode.SAFE, other).password()).isNotEqualTo(first.password());
    assertThat(first.toString()).doesNotContain(first.password().reveal());
  }

  @Test
  void everyGeneratedPasswordHasAUserOfItsOwnWhomAChosenNameBeats() {
    Cluster cluster = cluster(Map.of());
    RegistrySettings first = settings(RegistryMode.SAFE, cluster);
    RegistryLogins.renewPassword(secrets, cluster);
    RegistrySettings second = settings(RegistryMode.SAFE, cluster);
    assertThat(second.password()).isNotEqualTo(first.password());
    assertThat(second.username()).isNotEqualTo(first.username()).matches("hawser-[0-9a-f]{8}");
    assertThat(settings(RegistryMode.SAFE, cluster)).isEqualTo(second);
    assertThat(settings(RegistryMode.SAFE, cluster(Map.of("registryUsername", "bob"))).username())
        .isEqualTo("bob");
    assertThat(
            settings(RegistryMode.SAFE, cluster(Map.of("registryPassword", "chosen"))).username())
        .isEqualTo("hawser");
  }

  @ParameterizedTest
  @ValueSource(strings = {"passw0rd", "admin", "Password", "", "changeme", "hawser"})
  void s3PasswordThatEverybodyKnowsIsRefused(String password) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> settings(RegistryMode.SAFE, cluster(Map.of("registryPassword", password))))
        .withMessage(
            "registry of prod: 10.0.0.1: registryPassword is a password that everybody knows; choose"
                + " another, or leave it out and one is generated (mode SEALOS takes it)");
  }

  @Test
  void s3PasswordThatIsTheUserNameIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                settings(
                    RegistryMode.SAFE,
                    cluster(Map.of("registryUsername", "Bob", "registryPassword", "bob"))));
  }

  @Test
  void s3DefaultThatAnImageBringsIsNobodysChoice() {
    Cluster cluster =
        Cluster.named("prod")
            .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build())
            .mount(
                new ImageMount(
                    "rootfs",
                    ImageType.ROOTFS,
                    "kubernetes",
                    Path.of("/nowhere"),
                    Map.of("registryUsername", "admin", "registryPassword", "passw0rd"),
                    Map.of()))
            .build();
    RegistrySettings safe = settings(RegistryMode.SAFE, cluster);
    assertThat(safe.username()).startsWith("hawser-");
    assertThat(settings(RegistryMode.SEALOS, cluster).username()).isEqualTo("admin");
    assertThat(safe.password().reveal()).hasSize(32);
    assertThat(settings(RegistryMode.SEALOS, cluster).password().reveal()).isEqualTo("passw0rd");
  }

  @Test
  void s3PasswordLongerThanBcryptReadsIsRefused() {
    String long73 = "ä".repeat(36) + "x";
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> settings(RegistryMode.SEALOS, cluster(Map.of("registryPassword", long73))))
        .withMessageContaining("longer than 72 bytes")
        .withMessageNotContaining("ää");
  }

  @ParameterizedTest
  @CsvSource({
    "registryPort,0",
    "registryPort,65536",
    "registryPort,5000x",
    "registryPort,''",
    "registryDomain,'a b'",
    "registryDomain,'x$(id)'",
    "registryDomain,''",
    "registryUsername,a:b",
    "registryUsername,''",
    "registryData,var/lib",
    "registryData,/var/../etc",
    "registryData,/",
    "registryConfig,'/etc/x;y'"
  })
  void c16SettingsThatCouldBecomeSomethingElseAreRefused(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(RegistryMode.SEALOS, cluster(Map.of(name, value))))
        .withMessageStartingWith("registry of prod: 10.0.0.1: ");
  }

  @Test
  void allFaultsAreNamedAtOnce() {
    Host second =
        Host.at("10.0.0.2")
            .roles(Role.REGISTRY)
            .env(Map.of("registryPort", "5001", "registryPassword", "another one"))
            .build();
    Host third = Host.at("10.0.0.3").roles(Role.REGISTRY).env(Map.of("registryPort", "x")).build();
    Cluster cluster =
        Cluster.named("prod")
            .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build(), second, third)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Registries.builder(cluster).secrets(secrets).build())
        .withMessageContaining("10.0.0.3: registryPort \"x\"")
        .withMessageContaining("one domain, port and user name")
        .withMessageContaining("one password");
  }
}

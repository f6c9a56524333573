package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistriesTest {
  private static final NodeFacts CONTAINERD = NodeFacts.of(Map.of("containerd", "1.6.20"));

  private final Cluster cluster =
      Cluster.named("c")
          .hosts(
              Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).build(),
              Host.at("10.0.0.2").roles(Role.NODE).build(),
              Host.at("10.0.0.3").roles(Role.NODE, Role.REGISTRY).build(),
              Host.at("10.0.0.4").roles(Role.NODE).build())
          .env(Map.of("registryPassword", "chosen by us"))
          .build();

  private Registries.Builder builder() {
    return Registries.builder(cluster)
        .transport(RegistryTransport.PLAIN_HTTP)
        .secrets(ClusterSecretStores.inMemory());
  }

  private List<HostChange> endpoints(String node) {
    Registries registries = builder().build();
    return registries.endpointChanges(cluster.host(node), CONTAINERD, registries.replicas());
  }

  private String firstHostOf(String node) {
    List<HostChange> changes = endpoints(node);
    String text = ((FileChange) changes.get(0)).content().reveal();
    return text.lines().filter(line -> line.startsWith("[host.")).findFirst().orElseThrow();
  }

  @Test
  void s13NodesBeginWithDifferentReplicasAndReplicasWithThemselves() {
    assertThat(firstHostOf("10.0.0.1")).isEqualTo("[host.\"http://10.0.0.1:5000\"]");
    assertThat(firstHostOf("10.0.0.2")).isEqualTo("[host.\"http://10.0.0.1:5000\"]");
    assertThat(firstHostOf("10.0.0.3")).isEqualTo("[host.\"http://10.0.0.3:5000\"]");
    assertThat(firstHostOf("10.0.0.4")).isEqualTo("[host.\"http://10.0.0.3:5000\"]");
  }

  @Test
  @DisplayName("S6 whoever says nothing gets TLS, and in mode SEALOS, which has none, plain HTTP")
  void s6TlsIsTheDefault() {
    for (RegistryMode mode : RegistryMode.values()) {
      Registries registries =
          Registries.builder(cluster).mode(mode).secrets(ClusterSecretStores.inMemory()).build();
      assertThat(registries.settings(registries.replicas().get(0)).transport())
          .isEqualTo(
              mode == RegistryMode.SAFE ? RegistryTransport.TLS : RegistryTransport.PLAIN_HTTP);
    }
  }

  @Test
  void credentialsStandInTheHeaderOfEveryReplica() {
    List<HostChange> changes = endpoints("10.0.0.2");
    assertThat(((FileChange) changes.get(0)).content().reveal())
        .containsOnlyOnce("[host.\"http://10.0.0.1:5000\".header]")
        // hawser:chosen by us
        .contains("Authorization = [\"Basic aGF3c2VyOmNob3NlbiBieSB1cw==\"]");
  }

  @Test
  @DisplayName("S2 in mode SAFE scripts see the image's password, not the chosen one")
  void inModeSafeScriptsDoNotSeeTheChosenPassword(@TempDir Path image) {
    for (String known : List.of("passw0rd", "")) {
      Map<String, String> env = known.isEmpty() ? Map.of() : Map.of("registryPassword", known);
      Cluster withImage =
          Cluster.named("c")
              .hosts(cluster.hosts())
              .env(cluster.env())
              .mount(
                  new ImageMount(
                      "r", ImageType.ROOTFS, "r:1", image, env, Map.of("init", "init.sh")))
              .build();
      assertThat(seen(withImage, RegistryMode.SAFE)).isEqualTo(known);
      assertThat(seen(withImage, RegistryMode.SEALOS)).isEqualTo("chosen by us");
    }
  }

  private static String seen(Cluster cluster, RegistryMode mode) {
    Map<String, Secret> env =
        Registries.builder(cluster)
            .mode(mode)
            .build()
            .scripts()
            .command(cluster.hosts().get(0), "init")
            .orElseThrow()
            .env();
    return env.getOrDefault("registryPassword", Secret.of("")).reveal();
  }

  @Test
  void placementIsCheckedWhenBuilding() {
    Host stranger = Host.at("10.9.9.9").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().placement(any -> List.of(stranger)).build())
        .withMessageContaining("10.9.9.9, which is no host of the cluster");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().placement(any -> List.of()).build())
        .withMessageContaining("gives no host");
    Host first = cluster.hosts().get(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().placement(any -> List.of(first, first)).build())
        .withMessageContaining("a host twice");
  }

  @Test
  void urlsHoldIpv6AddressesInBrackets() {
    Host six = Host.at("fd00::1").roles(Role.MASTER).build();
    Cluster v6 = Cluster.named("c").hosts(six).build();
    Registries registries = Registries.builder(v6).secrets(ClusterSecretStores.inMemory()).build();
    assertThat(Endpoints.of(six, registries.settings(six)).url())
        .isEqualTo("https://[fd00::1]:5000");
  }
}

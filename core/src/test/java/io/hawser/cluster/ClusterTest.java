package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private static final Host MASTER =
      Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).env(Map.of("K", "host")).build();
  private static final Host NODE = host("10.0.0.2", 22);
  private static final Host OTHER_PORT = host("10.0.0.2", 23);
  private static final Host V6 = host("fd00::1", 2022);

  private static Host host(String address, int port) {
    return Host.at(address).roles(Role.NODE).ssh(SshAccess.builder().port(port).build()).build();
  }

  private static Cluster.Builder cluster(Host... hosts) {
    return Cluster.named("c").hosts(hosts);
  }

  private static ImageMount mount(String name, ImageType type, Map<String, String> env) {
    return new ImageMount(name, type, name, Path.of("/x"), env, Map.of("version", "v1.27.0"));
  }

  @Test
  void buildReportsAllFaultsAtOnce() {
    ImageMount mount = mount("m", ImageType.ROOTFS, Map.of());
    assertThatThrownBy(
            () -> Cluster.named("A b").hosts(NODE, NODE).mount(mount).mount(mount).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RFC 1123")
        .hasMessageContaining("no host has the role master")
        .hasMessageContaining("given twice")
        .hasMessageContaining("two mounts have one name");
  }

  @Test
  void namesAreRfc1123Labels() {
    for (String good : List.of("a", "0", "a-b", "a".repeat(63))) {
      assertThat(Cluster.isName(good)).as(good).isTrue();
    }
    for (String bad :
        List.of("", "A", "-a", "a-", "a_b", "a.b", "a/b", "..", "a\n", "a".repeat(64))) {
      assertThat(Cluster.isName(bad)).as(bad).isFalse();
    }
  }

  @Test
  void hostsAreFoundByAddressInEverySpelling() {
    Cluster cluster = cluster(MASTER, V6).build();
    for (String text : List.of("fd00::1", "[fd00::1]:2022", "FD00:0::1", "[fd00::1]")) {
      assertThat(cluster.host(text)).as(text).isEqualTo(V6);
    }
    assertThat(cluster.host("10.0.0.1:22")).isEqualTo(MASTER);
  }

  @Test
  void aPortTellsHostsOfOneAddressApart() {
    Cluster cluster = cluster(MASTER, NODE, OTHER_PORT).build();
    assertThat(cluster.host("10.0.0.2:23")).isEqualTo(OTHER_PORT);
    assertThatThrownBy(() -> cluster.host("10.0.0.2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("several hosts");
    for (String bad : List.of("10.0.0.3", "10.0.0.1:23", "x", "", "10.0.0.1:", ":22")) {
      assertThatThrownBy(() -> cluster.host(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no host " + bad);
    }
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void selectionTakesEveryCharSequenceInTheOrderGiven() {
    Cluster cluster = cluster(MASTER, NODE, V6).build();
    // What Groovy hands over as a List<String> may hold GStrings.
    Collection<String> mixed =
        (Collection) List.of(new StringBuilder("fd00::1"), "10.0.0.1", "10.0.0.1:22");
    assertThat(cluster.select(mixed)).containsExactly(V6, MASTER);
    assertThat(cluster.select(List.of())).isEmpty();
  }

  @Test
  void environmentIsMergedFromImageToHost() {
    Cluster cluster =
        cluster(MASTER, NODE)
            .env(Map.of("K", "cluster", "SEALOS_SYS_X", "mine"))
            .mount(
                mount("r", ImageType.ROOTFS, Map.of("K", "image", "I", "1", "SEALOS_SYS_Y", "y")))
            .mount(mount("p", ImageType.PATCH, Map.of("I", "2")))
            .mount(mount("a", ImageType.APPLICATION, Map.of("I", "3")))
            .build();
    assertThat(cluster.env(MASTER))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "K", "host",
                "I", "2",
                "SEALOS_SYS_Y", "y",
                "SEALOS_SYS_KUBE_VERSION", "v1.27.0",
                "SEALOS_SYS_RUN_MODE", "master,registry"));
    assertThat(cluster.env(NODE)).containsEntry("K", "cluster");
  }

  @Test
  void rolesOfHostsAreAnswered() {
    Cluster cluster = cluster(NODE, MASTER).build();
    assertThat(cluster.firstMaster()).isEqualTo(MASTER);
    assertThat(cluster.hosts(Role.REGISTRY)).containsExactly(MASTER);
  }

  @Test
  void pathsAreBelowTheRootOfTheHost() {
    assertThat(NODE.resolve("/etc")).isEqualTo("/etc");
    Host rooted = NODE.toBuilder().root("/srv/n1/").build();
    assertThat(rooted.root()).isEqualTo("/srv/n1");
    assertThat(rooted.resolve("/etc")).isEqualTo("/srv/n1/etc");
    assertThatThrownBy(() -> rooted.resolve("etc")).isInstanceOf(IllegalArgumentException.class);
    for (String bad : List.of("", "x", "/a/../b", "/..")) {
      assertThatThrownBy(() -> NODE.toBuilder().root(bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aCopyOfAHostHasEverythingOfIt() {
    Host full =
        Host.at("10.0.0.1")
            .roles(Role.MASTER)
            .label("rack", "a")
            .env(Map.of("K", "v"))
            .arch("arm64")
            .root("/r")
            .ssh(
                SshAccess.builder()
                    .user("admin")
                    .port(2)
                    .password(Secret.of("p"))
                    .keyFile("~/k")
                    .keyData(Secret.of("d"))
                    .passphrase(Secret.of("s"))
                    .build())
            .build();
    assertThat(full.toBuilder().build()).usingRecursiveComparison().isEqualTo(full);
    assertThat(full.ssh().toBuilder().build()).isEqualTo(full.ssh());
    assertThat(full + " " + full.ssh()).doesNotContain("Secret").isEqualTo("10.0.0.1 admin@:2");
  }

  @Test
  void userNamesAndPortsAreChecked() {
    for (String bad : List.of("", "-o", "a b", "a;b", "a$", "a\nb")) {
      assertThatThrownBy(() -> SshAccess.builder().user(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int bad : new int[] {0, -1, 65536}) {
      assertThatThrownBy(() -> SshAccess.builder().port(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSecretShowsStarsOnly() {
    assertThat(Secret.of("x")).hasToString("******").isEqualTo(Secret.of("x"));
    assertThat(Secret.of("x")).isNotEqualTo(Secret.of("y"));
    assertThat(Secret.of("x")).isNotInstanceOf(java.io.Serializable.class);
  }
}

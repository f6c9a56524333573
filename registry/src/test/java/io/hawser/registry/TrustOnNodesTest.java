package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.node;
import static io.hawser.registry.TestEndpoints.text;
import static io.hawser.registry.TestEndpoints.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nodes are told of the authority of registries with TLS, each program in its own way. */
class TrustOnNodesTest {
  private static final String CA = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  private static final String CA_PATH = "/etc/hawser/registry-ca/sealos.hub-5000.pem";
  private static final List<Endpoint> THREE = TestEndpoints.tls(TestEndpoints.THREE, CA);

  private static void isCa(HostChange change, String path) {
    assertThat(change).isEqualTo(FileChange.plain(path, CA));
    assertThat(((FileChange) change).mode()).isEqualTo(0644);
  }

  @Test
  @DisplayName("S8 hosts.toml names the authority for each replica, and no check is switched off")
  void s8HostsTomlNamesTheAuthority() {
    List<Endpoint> golden = new ArrayList<>();
    for (int i = 0; i < THREE.size(); i++) {
      Endpoint it = THREE.get(i);
      Secret token = Secret.of("Basic x" + (i + 1));
      golden.add(new Endpoint(it.address(), "Sealos.hub", 5000, it.url(), token, CA));
    }
    List<HostChange> changes = EndpointStrategies.containerd().changes(node("containerd"), golden);
    assertThat(changes).hasSize(2);
    isCa(changes.get(0), CA_PATH);
    assertThat(text(changes.get(1)))
        .isEqualTo(Golden.text("hosts-tls.toml"))
        .doesNotContain("skip_verify", "http://");
  }

  @Test
  @DisplayName("S8 registries.yaml names the authority for each replica")
  void s8RegistriesYamlNamesTheAuthority() {
    List<HostChange> changes = EndpointStrategies.k3s().changes(node("k3s"), THREE);
    assertThat(changes).hasSize(2);
    isCa(changes.get(0), CA_PATH);
    assertThat(text(changes.get(1))).isEqualTo(Golden.text("registries-tls.yaml"));
    List<Endpoint> open =
        THREE.stream()
            .map(it -> new Endpoint(it.address(), it.domain(), 5000, it.url(), null, CA))
            .toList();
    Map<?, ?> read = yaml(text(EndpointStrategies.k3s().changes(node("rke2"), open).get(1))).get(0);
    assertThat(((Map<?, ?>) read.get("configs")).get("10.0.0.1:5000"))
        .isEqualTo(Map.of("tls", Map.of("ca_file", CA_PATH)));
    assertThat(EndpointStrategies.k3s().changes(node("containerd"), THREE)).isEmpty();
  }

  @Test
  @DisplayName("S8 cri-o finds the authority for each mirror, by a name where that is IPv6")
  void s8CrioFindsTheAuthority() {
    List<HostChange> changes = EndpointStrategies.crio().changes(node("crio"), THREE);
    assertThat(changes.get(0)).isInstanceOf(BlockChange.class);
    isCa(changes.get(1), "/etc/containers/certs.d/10.0.0.2:5000/ca.crt");
    isCa(changes.get(2), "/etc/containers/certs.d/fd00-0-0-0-0-0-0-3.hawser.internal:5000/ca.crt");
    isCa(changes.get(3), "/etc/containers/certs.d/10.0.0.1:5000/ca.crt");
    assertThat(text(changes.get(changes.size() - 1))).doesNotContain("insecure");
  }

  @Test
  void programsThatFindTheRegistryByItsNameFindTheAuthorityByIt() {
    EndpointStrategy hosts = EndpointStrategies.hostsFile();
    List<HostChange> changes = hosts.changes(node("docker podman"), THREE);
    assertThat(changes).hasSize(3);
    isCa(changes.get(0), "/etc/docker/certs.d/sealos.hub:5000/ca.crt");
    isCa(changes.get(1), "/etc/containers/certs.d/sealos.hub:5000/ca.crt");
    assertThat(changes.get(2)).isInstanceOf(BlockChange.class);
    assertThat(hosts.changes(node("containerd"), THREE)).hasOnlyElementsOfType(BlockChange.class);
    assertThat(hosts.changes(node("docker"), TestEndpoints.THREE))
        .hasOnlyElementsOfType(BlockChange.class);
  }

  @Test
  void severalAuthoritiesLieInOneFileInOneOrderOnAllNodes() {
    List<Endpoint> two =
        List.of(
            TestEndpoints.tls(TestEndpoints.TWO, "b\n").get(0),
            TestEndpoints.tls(TestEndpoints.TWO, "a\n").get(1));
    for (String position : List.of("0", "1")) {
      HostChange file =
          EndpointStrategies.containerd()
              .changes(node("containerd", Map.of("position", position)), two)
              .get(0);
      assertThat(text(file)).isEqualTo("a\nb\n");
    }
  }

  @Test
  void whatCannotBeToldOfAnAuthorityIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EndpointStrategies.criShim("/run/containerd/containerd.sock")
                    .changes(node("containerd image-cri-shim"), THREE))
        .withMessageContaining("10.0.0.2: image-cri-shim has no setting for the authority");
    assertThat(
            EndpointStrategies.criShim("/run/containerd/containerd.sock")
                .changes(node("containerd"), THREE))
        .as("a node without it")
        .isEmpty();
  }
}

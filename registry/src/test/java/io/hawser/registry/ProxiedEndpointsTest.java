package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiedEndpointsTest {
  private static final EndpointStrategy PROXY = EndpointStrategies.haproxy();
  private static final NodeFacts NODE =
      TestEndpoints.node(
          "curl haproxy systemctl",
          Map.of(
              "containerd",
              "1.6.20",
              "known.repository",
              "shop/web",
              "known.manifest",
              "a".repeat(64)));

  private static List<Endpoint> plain() {
    return List.of(
        TestEndpoints.at("10.0.0.1", TestEndpoints.basic("hawser", "secret")),
        TestEndpoints.at("10.0.0.2", TestEndpoints.basic("hawser", "secret")));
  }

  @Test
  void theProxyIsAskedFirstAndTheReplicasAfterIt() {
    List<HostChange> changes = PROXY.changes(NODE, plain());
    assertThat(changes.stream().map(HostChange::target))
        .containsExactly(
            "/etc/hawser/registry-proxy/sealos.hub-5000.cfg",
            "hawser-registry-proxy-sealos.hub-5000.service",
            "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml",
            "/etc/hosts");
    assertThat(TestEndpoints.text(changes.get(2)))
        .containsSubsequence("//127.0.0.1:5000", "//10.0.0.2:5000", "//10.0.0.1:5000");
    assertThat(((BlockChange) changes.get(3)).lines())
        .containsExactly("127.0.0.1 sealos.hub", "10.0.0.2 sealos.hub", "10.0.0.1 sealos.hub");
  }

  @Test
  void withTlsTheAuthorityComesFirstAndOnlyContainerdIsToldOfTheProxy() {
    List<HostChange> changes = PROXY.changes(NODE, TestEndpoints.tls(plain(), "one\n"));
    assertThat(changes.stream().map(HostChange::target))
        .containsExactly(
            "/etc/hawser/registry-ca/sealos.hub-5000.pem",
            "/etc/hawser/registry-proxy/sealos.hub-5000.cfg",
            "hawser-registry-proxy-sealos.hub-5000.service",
            "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml",
            "/etc/hosts");
    assertThat(TestEndpoints.text(changes.get(3)))
        .containsSubsequence(
            "\"http://127.0.0.1:5000\"", "\"https://10.0.0.2:5000\"", "\"https://10.0.0.1:5000\"");
    assertThat(((BlockChange) changes.get(4)).lines())
        .containsExactly("10.0.0.2 sealos.hub", "10.0.0.1 sealos.hub");
    UnitChange unit = (UnitChange) changes.get(2);
    UnitChange other = (UnitChange) PROXY.changes(NODE, TestEndpoints.tls(plain(), "two\n")).get(2);
    assertThat(other.content()).as("it reads the authority anew").isNotEqualTo(unit.content());
  }

  @Test
  void theChecksFetchWhatEveryReplicaServes() {
    FileChange config = (FileChange) PROXY.changes(NODE, plain()).get(0);
    assertThat(config.mode()).isEqualTo(0600);
    assertThat(config.content().reveal())
        .contains("bind 127.0.0.1:5000")
        .contains("uri /v2/shop/web/manifests/sha256:" + "a".repeat(64));
  }

  @Test
  void aChangedConfigurationRestartsTheProxy() {
    UnitChange two = (UnitChange) PROXY.changes(NODE, plain()).get(1);
    UnitChange one = (UnitChange) PROXY.changes(NODE, plain().subList(0, 1)).get(1);
    assertThat(two.content()).isNotEqualTo(one.content());
    assertThat(two.content())
        .contains("haproxy -db -f /etc/hawser/registry-proxy/sealos.hub-5000.cfg");
  }

  @Test
  void whereNoProxyCanRunThereAreTheLists() {
    NodeFacts without = TestEndpoints.node("curl systemctl", Map.of("containerd", "1.6.20"));
    NodeFacts replica =
        TestEndpoints.node(
            "haproxy systemctl", Map.of("containerd", "1.6.20", "address", "10.0.0.1"));
    for (NodeFacts node : List.of(without, replica)) {
      assertThat(PROXY.changes(node, plain()))
          .isEqualTo(EndpointStrategies.lists().changes(node, plain()));
    }
  }
}

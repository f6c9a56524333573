package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EndpointStrategiesTest {
  private static final List<Endpoint> THREE =
      List.of(endpoint("10.0.0.1", "x1"), endpoint("10.0.0.2", "x2"), endpoint("fd00::3", "x3"));

  private static Endpoint endpoint(String address, String token) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return new Endpoint(
        address, "Sealos.hub", 5000, "http://" + host + ":5000", Secret.of("Basic " + token));
  }

  private static NodeFacts node(String... namesAndValues) {
    Map<String, String> facts = new HashMap<>();
    facts.put("address", "10.0.0.9");
    facts.put("position", "1");
    facts.put("containerd", "1.6.20");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      facts.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return NodeFacts.of(facts);
  }

  private static FileChange file(NodeFacts node, List<Endpoint> replicas) {
    return (FileChange) EndpointStrategies.containerd().changes(node, replicas).get(0);
  }

  @Test
  void s8HostsTomlIsExactlyThis() throws Exception {
    FileChange change = file(node(), THREE);
    assertThat(change.path()).isEqualTo("/etc/containerd/certs.d/Sealos.hub:5000/hosts.toml");
    assertThat(change.content().reveal())
        .isEqualTo(Golden.text("hosts.toml"))
        .doesNotContain("skip_verify", "push");
  }

  @Test
  void fileWithCredentialsIsForItsOwnerOnly() {
    FileChange change = file(node(), THREE);
    assertThat(change.mode()).isEqualTo(0600);
    assertThat(change.summary()).doesNotContain("Basic");
    Endpoint open = new Endpoint("10.0.0.1", "hub", 5000, "http://10.0.0.1:5000", null);
    FileChange plain = file(node(), List.of(open));
    assertThat(plain.mode()).isEqualTo(0644);
    assertThat(plain.content().reveal()).isEqualTo(Golden.text("hosts-open.toml"));
  }

  @Test
  void theNodesOwnDirectoryOfHostsIsUsed() {
    assertThat(file(node("etc.containerd.config_path", "/etc/c.d/:/etc/docker"), THREE).path())
        .isEqualTo("/etc/c.d/Sealos.hub:5000/hosts.toml");
    assertThat(file(node("etc.containerd.config_path", ""), THREE).path())
        .startsWith("/etc/containerd/certs.d/");
  }

  @Test
  void nodeWithoutContainerdGetsNothingForIt() {
    NodeFacts bare = node("containerd", "", "tools", "curl tar");
    assertThat(EndpointStrategies.containerd().changes(bare, THREE)).isEmpty();
    assertThat(EndpointStrategies.standard().changes(bare, THREE))
        .hasOnlyElementsOfType(BlockChange.class);
    assertThat(EndpointStrategies.standard().changes(node(), THREE))
        .<Class<?>>extracting(HostChange::getClass)
        .containsExactly(FileChange.class, BlockChange.class);
  }

  @Test
  void hostsLinesHaveTheSameOrder() {
    assertThat(EndpointStrategies.hostsFile().changes(node(), THREE))
        .containsExactly(
            new BlockChange(
                    "/etc/hosts",
                    "registry.sealos.hub",
                    List.of("10.0.0.2 Sealos.hub", "fd00::3 Sealos.hub", "10.0.0.1 Sealos.hub"))
                .insteadOf("Sealos.hub"));
  }

  @Test
  void registryThatIsCalledByAnAddressNeedsNoHostsLine() {
    Endpoint byAddress = new Endpoint("10.0.0.1", "10.0.0.1", 5000, "http://10.0.0.1:5000", null);
    assertThat(EndpointStrategies.hostsFile().changes(node(), List.of(byAddress))).isEmpty();
  }

  @Test
  void s13ReplicaHostsUseThemselvesFirst() {
    for (Endpoint own : THREE) {
      assertThat(EndpointOrder.of(node("address", own.address()), THREE).get(0)).isEqualTo(own);
    }
  }

  @Test
  void s13LoadIsSpreadEvenly() {
    Map<String, Long> firsts =
        IntStream.range(0, 30)
            .mapToObj(i -> EndpointOrder.of(node("position", String.valueOf(i)), THREE).get(0))
            .collect(Collectors.groupingBy(Endpoint::address, Collectors.counting()));
    assertThat(firsts).hasSize(3).containsValue(10L);
    assertThat(firsts.values()).containsOnly(10L);
  }

  @Test
  void theOrderOfANodeIsTheSameInEveryRun() {
    NodeFacts unplaced = node("position", "");
    assertThat(EndpointOrder.of(unplaced, THREE)).isEqualTo(EndpointOrder.of(unplaced, THREE));
    assertThat(EndpointOrder.of(unplaced, THREE)).containsExactlyInAnyOrderElementsOf(THREE);
  }

  @Test
  void nodeIsNeverPointedAtNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointStrategies.standard().changes(node(), List.of()))
        .withMessageContaining("10.0.0.9");
  }

  @Test
  void c16QuotesCannotEndATomlString() {
    Endpoint bad = new Endpoint("10.0.0.1", "hub", 1, "http://10.0.0.1:1", Secret.of("a\"]\nx"));
    assertThatIllegalArgumentException().isThrownBy(() -> file(node(), List.of(bad)));
  }
}

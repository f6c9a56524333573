package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.FileChange;
import io.hawser.host.NodeFacts;
import io.hawser.report.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class PlannedTopologyTest {
  private final Cluster cluster =
      Cluster.named("c")
          .hosts(
              Host.at("10.0.0.1").roles(Role.MASTER, Role.REGISTRY).build(),
              Host.at("10.0.0.2").roles(Role.NODE).build(),
              Host.at("fd00::3").roles(Role.NODE, Role.REGISTRY).build(),
              Host.at("10.0.0.4").roles(Role.NODE).build(),
              Host.at("10.0.0.5").roles(Role.REGISTRY).build())
          .env(Map.of("registryPort", "5443"))
          .build();

  @Test
  void hostsHaveTheirRolesRegistriesAndOrders() {
    Topology topology = Registries.builder(cluster).build().topology();
    assertThat(topology.cluster()).isEqualTo("c");
    assertThat(topology.members())
        .containsExactly(
            new Topology.Member(
                "10.0.0.1",
                List.of("master", "registry"),
                "https://10.0.0.1:5443",
                List.of("10.0.0.1", "fd00::3", "10.0.0.5")),
            new Topology.Member(
                "10.0.0.2", List.of("node"), null, List.of("10.0.0.1", "fd00::3", "10.0.0.5")),
            new Topology.Member(
                "fd00::3",
                List.of("node", "registry"),
                "https://[fd00::3]:5443",
                List.of("fd00::3", "10.0.0.5", "10.0.0.1")),
            new Topology.Member(
                "10.0.0.4", List.of("node"), null, List.of("fd00::3", "10.0.0.5", "10.0.0.1")),
            new Topology.Member(
                "10.0.0.5",
                List.of("registry"),
                "https://10.0.0.5:5443",
                List.of("10.0.0.5", "10.0.0.1", "fd00::3")));
  }

  @Test
  void theOrderIsTheOneThatContainerdIsTold() {
    Registries registries =
        Registries.builder(cluster)
            .transport(RegistryTransport.PLAIN_HTTP)
            .secrets(ClusterSecretStores.inMemory())
            .build();
    NodeFacts facts = NodeFacts.of(Map.of("containerd", "1.6.20"));
    for (Host host : cluster.hosts()) {
      FileChange toml =
          (FileChange) registries.endpointChanges(host, facts, registries.replicas()).get(0);
      Matcher matcher =
          Pattern.compile("(?m)^\\[host.\"http://\\[?([^\"]*?)]?:5443\"]$")
              .matcher(toml.content().reveal());
      List<String> told = new ArrayList<>();
      while (matcher.find()) {
        told.add(matcher.group(1));
      }
      assertThat(registries.topology().member(host.address()).orElseThrow().pullsFrom())
          .isEqualTo(told);
    }
  }

  @Test
  void noSecretIsReadOrGenerated() {
    ClusterSecrets secrets = Mockito.mock(ClusterSecrets.class);
    Topology topology = Registries.builder(cluster).secrets(secrets).build().topology();
    assertThat(topology.replicas()).hasSize(3);
    Mockito.verifyNoInteractions(secrets);
  }
}

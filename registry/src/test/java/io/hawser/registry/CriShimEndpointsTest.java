package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.at;
import static io.hawser.registry.TestEndpoints.node;
import static io.hawser.registry.TestEndpoints.path;
import static io.hawser.registry.TestEndpoints.text;
import static io.hawser.registry.TestEndpoints.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.FileChange;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriShimEndpointsTest {
  private static final EndpointStrategy SHIM =
      EndpointStrategies.criShim("/run/containerd/containerd.sock");
  private static final NodeFacts NODE = node("containerd image-cri-shim");

  private static FileChange shim(List<HostChange> changes) {
    return (FileChange) changes.get(changes.size() - 1);
  }

  @Test
  void theFileIsExactlyThisAndForRootOnly() {
    FileChange file = shim(SHIM.changes(NODE, THREE));
    assertThat(file.path()).isEqualTo("/etc/image-cri-shim.yaml");
    assertThat(file.mode()).isEqualTo(0600);
    assertThat(file.content().reveal()).isEqualTo(Golden.text("image-cri-shim.yaml"));
  }

  @Test
  void aYamlParserReadsTheListInTheOrderOfTheNode() {
    Map<Object, Object> read = yaml(text(shim(SHIM.changes(NODE, THREE)))).get(0);
    String auth = "hawser:" + TestEndpoints.PASSWORD;
    assertThat(read.get("address")).isEqualTo("http://sealos.hub:5000");
    assertThat(read.get("auth")).isEqualTo(auth);
    assertThat(read.get("registries"))
        .isEqualTo(
            List.of(
                Map.of("address", "http://10.0.0.2:5000", "auth", auth, "priority", 999),
                Map.of("address", "http://10.0.0.1:5000", "auth", auth, "priority", 998)));
  }

  @Test
  void containerdKnowsEveryNameThatTheShimHandsOn() {
    List<HostChange> changes = SHIM.changes(NODE, THREE);
    assertThat(changes.subList(0, changes.size() - 1))
        .extracting(TestEndpoints::path)
        .containsExactly(
            "/etc/containerd/certs.d/10.0.0.2:5000/hosts.toml",
            "/etc/containerd/certs.d/10.0.0.1:5000/hosts.toml");
    String second = text(changes.get(1));
    assertThat(second.lines().filter(line -> line.startsWith("[host.")))
        .containsExactly(
            "[host.\"http://10.0.0.1:5000\"]",
            "[host.\"http://10.0.0.2:5000\"]",
            "[host.\"http://[fd00::3]:5000\"]");
  }

  @Test
  void anotherRuntimeIsToldOfTheRegistrysNameOnly() {
    EndpointStrategy docker = EndpointStrategies.criShim("/var/run/cri-dockerd.sock");
    List<HostChange> changes = docker.changes(NODE, TestEndpoints.open(THREE));
    assertThat(changes).hasSize(1);
    assertThat(yaml(text(changes.get(0))).get(0))
        .doesNotContainKeys("registries", "auth")
        .containsEntry("cri", "/var/run/cri-dockerd.sock");
    assertThat(((FileChange) changes.get(0)).mode()).isEqualTo(0644);
  }

  @Test
  void programsThatANodeHasAreFoundByItsAgent(@TempDir Path directory) throws Exception {
    Path programs = Files.createDirectories(directory.resolve("bin"));
    for (String name : List.of("image-cri-shim", "rke2")) {
      Path program = Files.writeString(programs.resolve(name), "#!/bin/sh\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    LocalShell shell =
        new LocalShell(directory.resolve("scratch"), programs + ":" + System.getenv("PATH"));
    Host host =
        Host.at("10.0.0.9").roles(Role.MASTER).root(directory.resolve("host").toString()).build();
    Files.createDirectories(directory.resolve("host/var"));
    Cluster cluster = Cluster.named("it").hosts(host).build();
    NodeFacts facts = HostAccess.to(shell, cluster, host).facts();
    assertThat(path(shim(SHIM.changes(facts, THREE)))).isEqualTo("/etc/image-cri-shim.yaml");
    assertThat(EndpointStrategies.k3s().changes(facts, THREE))
        .extracting(TestEndpoints::path)
        .containsExactly("/etc/rancher/rke2/registries.yaml");
  }

  @Test
  void nodeWithoutTheShimGetsNothing() {
    assertThat(SHIM.changes(node("containerd kubelet"), THREE)).isEmpty();
  }

  @Test
  @DisplayName("S1 a password that the shim would cut is refused and not shown")
  void s1PasswordThatTheShimWouldCutIsRefused() {
    Endpoint colon = at("10.0.0.1", TestEndpoints.basic("hawser", "top:secret"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SHIM.changes(NODE, List.of(colon)))
        .withMessageContaining("10.0.0.1: the registry's password holds a colon")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("top", "secret"));
  }

  @Test
  void aSocketIsAnAbsolutePath() {
    assertThatIllegalArgumentException().isThrownBy(() -> EndpointStrategies.criShim("x.sock"));
    assertThat(path(shim(SHIM.changes(NODE, THREE)))).startsWith("/etc/");
  }
}

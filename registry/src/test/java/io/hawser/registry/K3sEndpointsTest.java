package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.at;
import static io.hawser.registry.TestEndpoints.node;
import static io.hawser.registry.TestEndpoints.path;
import static io.hawser.registry.TestEndpoints.text;
import static io.hawser.registry.TestEndpoints.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class K3sEndpointsTest {
  private static final EndpointStrategy K3S = EndpointStrategies.k3s();

  @Test
  @DisplayName("S8 registries.yaml is exactly this")
  void s8RegistriesYamlIsExactlyThis() {
    HostChange file = K3S.changes(node("k3s curl"), THREE).get(0);
    assertThat(path(file)).isEqualTo("/etc/rancher/k3s/registries.yaml");
    assertThat(text(file))
        .isEqualTo(Golden.text("registries.yaml"))
        .doesNotContain("insecure_skip_verify");
  }

  @Test
  void everyReplicaIsReadWithItsCredentialsByAYamlParser() {
    Map<?, ?> read = yaml(text(K3S.changes(node("k3s"), THREE).get(0))).get(0);
    assertThat(read.get("mirrors"))
        .isEqualTo(
            Map.of(
                "sealos.hub:5000",
                Map.of(
                    "endpoint",
                    List.of(
                        "http://10.0.0.2:5000", "http://[fd00::3]:5000", "http://10.0.0.1:5000"))));
    Map<?, ?> login =
        Map.of("auth", Map.of("username", "hawser", "password", TestEndpoints.PASSWORD));
    assertThat(read.get("configs"))
        .isEqualTo(Map.of("10.0.0.1:5000", login, "10.0.0.2:5000", login, "[fd00::3]:5000", login));
  }

  @Test
  @DisplayName("S1 registries.yaml with credentials is for root only, its summary shows none")
  void s1FileWithCredentialsIsForRootOnly() {
    FileChange secret = (FileChange) K3S.changes(node("k3s"), THREE).get(0);
    assertThat(secret.mode()).isEqualTo(0600);
    assertThat(secret.secret()).isTrue();
    assertThat(secret.toString() + secret.summary()).doesNotContain(TestEndpoints.PASSWORD);
    FileChange open = (FileChange) K3S.changes(node("k3s"), TestEndpoints.open(THREE)).get(0);
    assertThat(open.mode()).isEqualTo(0644);
    assertThat(yaml(text(open)).get(0)).doesNotContainKey("configs");
  }

  @Test
  void rke2HasTheSameFileElsewhereAndOthersHaveNone() {
    HostChange file = K3S.changes(node("rke2"), THREE).get(0);
    assertThat(path(file)).isEqualTo("/etc/rancher/rke2/registries.yaml");
    assertThat(text(file)).isEqualTo(Golden.text("registries.yaml"));
    assertThat(K3S.changes(node("containerd kubelet"), THREE)).isEmpty();
  }

  @Test
  void registryThatIsCalledByAnAddressIsMirroredUnderIt() {
    Endpoint v4 = TestEndpoints.called("10.0.0.1", "10.0.0.1", null);
    Endpoint v6 = TestEndpoints.called("fd00::3", "fd00::3", null);
    assertThat(text(K3S.changes(node("k3s"), List.of(v4)).get(0))).contains("\"10.0.0.1:5000\":");
    assertThat(text(K3S.changes(node("k3s"), List.of(v6)).get(0))).contains("\"[fd00::3]:5000\":");
  }

  @Test
  void whatIsNoUserAndPasswordIsRefusedWithoutBeingShown() {
    String pair = TestEndpoints.basic("hawser", "new\nline").reveal();
    for (String header : List.of("Bearer abcdef", "Basic ***", "Basic " + "YWJj", pair)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> K3S.changes(node("k3s"), List.of(at("10.0.0.1", Secret.of(header)))))
          .withMessageStartingWith("10.0.0.1: ")
          .withNoCause()
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .doesNotContain(header.substring(6), "new", "abcdef", "\n"));
    }
  }
}

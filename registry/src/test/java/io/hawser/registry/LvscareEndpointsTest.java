package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.TWO;
import static io.hawser.registry.TestEndpoints.at;
import static io.hawser.registry.TestEndpoints.node;
import static io.hawser.registry.TestEndpoints.path;
import static io.hawser.registry.TestEndpoints.text;
import static io.hawser.registry.TestEndpoints.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LvscareEndpointsTest {
  private static final String IMAGE = "sealos.hub:5000/sealos/lvscare:v4.3.7";
  private static final EndpointStrategy LVSCARE = EndpointStrategies.lvscare("10.103.97.12", IMAGE);

  private static List<?> arguments(HostChange file) {
    Map<?, ?> spec = (Map<?, ?>) yaml(text(file)).get(0).get("spec");
    Map<?, ?> container = (Map<?, ?>) ((List<?>) spec.get("containers")).get(0);
    return (List<?>) container.get("args");
  }

  @Test
  void theStaticPodAndTheHostsLineAreExactlyThese() {
    List<HostChange> changes = LVSCARE.changes(node("kubelet"), TWO);
    assertThat(path(changes.get(0)))
        .isEqualTo("/etc/kubernetes/manifests/hawser-registry-lvscare.yaml");
    assertThat(text(changes.get(0))).isEqualTo(Golden.text("lvscare.yaml"));
    assertThat(changes.get(1))
        .isEqualTo(
            new BlockChange("/etc/hosts", "registry.sealos.hub", List.of("10.103.97.12 sealos.hub"))
                .insteadOf("sealos.hub"));
    assertThat(changes).hasSize(2);
  }

  @Test
  @DisplayName("S2 no credentials are among the arguments, so 401 counts as healthy")
  void s2NoCredentialsAreAmongTheArguments() {
    FileChange pod = (FileChange) LVSCARE.changes(node("kubelet"), TWO).get(0);
    assertThat(arguments(pod).toString())
        .contains("--health-status, 401")
        .doesNotContain("Basic", "Authorization", "run-once");
    assertThat(pod.secret()).isFalse();
  }

  @Test
  void aHostWithAReplicaKeepsItsLinesWithItselfFirst() {
    assertThat(LVSCARE.changes(node("kubelet", Map.of("address", "10.0.0.2")), TWO))
        .containsExactly(
            new BlockChange(
                    "/etc/hosts",
                    "registry.sealos.hub",
                    List.of("10.0.0.2 sealos.hub", "10.0.0.1 sealos.hub"))
                .insteadOf("sealos.hub"));
  }

  @Test
  void k3sAndRke2HaveTheirOwnDirectories() {
    assertThat(path(LVSCARE.changes(node("k3s"), TWO).get(0)))
        .isEqualTo("/var/lib/rancher/k3s/agent/pod-manifests/hawser-registry-lvscare.yaml");
    assertThat(path(LVSCARE.changes(node("rke2"), TWO).get(0)))
        .isEqualTo("/var/lib/rancher/rke2/agent/pod-manifests/hawser-registry-lvscare.yaml");
    assertThat(LVSCARE.changes(node("containerd"), TWO)).isEmpty();
  }

  @Test
  void addressesOfVersion6StandInBrackets() {
    HostChange pod =
        EndpointStrategies.lvscare("fd00::aa", IMAGE)
            .changes(node("kubelet"), List.of(at("fd00::3")))
            .get(0);
    assertThat(arguments(pod).toString()).contains("[fd00::aa]:5000", "--rs, [fd00::3]:5000");
  }

  @Test
  void kindsOfAddressesAndSchemesAreNotMixed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LVSCARE.changes(node("kubelet"), THREE))
        .withMessageContaining("fd00::3: IPVS cannot serve it at 10.103.97.12");
    Endpoint tls = new Endpoint("10.0.0.4", "sealos.hub", 5000, "https://10.0.0.4:5000", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LVSCARE.changes(node("kubelet"), List.of(TWO.get(0), tls)))
        .withMessageContaining("all HTTP or all HTTPS");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointStrategies.lvscare("vip.local", IMAGE))
        .withMessageContaining("\"vip.local\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointStrategies.lvscare("10.0.0.1", "an image"));
  }

  @Test
  void registryThatIsCalledByAnAddressIsServedWhenThatIsTheVirtualOne() {
    Endpoint other = TestEndpoints.called("10.0.0.1", "10.0.0.1", null);
    assertThat(LVSCARE.changes(node("kubelet"), List.of(other))).isEmpty();
    Endpoint virtual = TestEndpoints.called("10.103.97.12", "10.0.0.1", null);
    assertThat(LVSCARE.changes(node("kubelet"), List.of(virtual)))
        .hasSize(1)
        .hasOnlyElementsOfType(FileChange.class);
  }
}

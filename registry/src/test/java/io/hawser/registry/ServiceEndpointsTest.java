package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.at;
import static io.hawser.registry.TestEndpoints.node;
import static io.hawser.registry.TestEndpoints.path;
import static io.hawser.registry.TestEndpoints.text;
import static io.hawser.registry.TestEndpoints.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.host.HostChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceEndpointsTest {
  private static final EndpointStrategy SERVICE =
      EndpointStrategies.service("kube-system", "registry");

  @Test
  void theManifestIsExactlyThisAndTheSameOnEveryNode() {
    HostChange file = SERVICE.changes(node("kubelet"), THREE).get(0);
    assertThat(path(file)).isEqualTo("/etc/hawser/services/kube-system.registry.yaml");
    assertThat(text(file)).isEqualTo(Golden.text("service.yaml")).doesNotContain("Basic");
    assertThat(SERVICE.changes(node("k3s", Map.of("address", "10.0.0.2")), THREE))
        .containsExactly(file);
    assertThat(SERVICE.changes(node("containerd"), THREE)).isEmpty();
  }

  @Test
  void eachKindOfAddressHasASliceThatNamesTheService() {
    List<Map<Object, Object>> documents =
        yaml(text(SERVICE.changes(node("kubelet"), THREE).get(0)));
    assertThat(documents)
        .extracting(one -> one.get("kind"))
        .containsExactly("Service", "EndpointSlice", "EndpointSlice");
    assertThat(documents.subList(1, 3))
        .extracting(one -> one.get("addressType"))
        .containsExactly("IPv4", "IPv6");
    assertThat(documents.subList(1, 3))
        .allSatisfy(
            one ->
                assertThat(((Map<?, ?>) one.get("metadata")).get("labels"))
                    .asString()
                    .contains("kubernetes.io/service-name=registry"));
  }

  @Test
  void replicasAtOtherPortsHaveASliceOfTheirOwn() {
    Endpoint other = new Endpoint("10.0.0.4", "sealos.hub", 5000, "http://10.0.0.4:5001", null);
    String text = text(SERVICE.changes(node("kubelet"), List.of(THREE.get(0), other)).get(0));
    assertThat(text)
        .contains("\"registry-ipv4-5000\"", "\"registry-ipv4-5001\"", "  ipFamilies: [IPv4]\n");
  }

  @Test
  void addressesThatMeanTheNodeItselfAreRefused() {
    for (String address : List.of("127.0.0.1", "::1", "169.254.1.1", "fe80::1", "224.0.0.1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SERVICE.changes(node("kubelet"), List.of(at(address))))
          .withMessageContaining(address);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EndpointStrategies.service("kube-system", "Registry.Hub"))
        .withMessageContaining("\"Registry.Hub\"");
  }
}

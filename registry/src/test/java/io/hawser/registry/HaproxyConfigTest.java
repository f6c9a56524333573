package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxyConfigTest {
  @Test
  void theFileIsExactlyThis() {
    assertThat(HaproxyConfig.of("127.0.0.1:5000", THREE, "/v2/"))
        .isEqualTo(Golden.text("haproxy.cfg"));
  }

  @Test
  void openRegistriesAreCheckedWithoutLogin() {
    assertThat(HaproxyConfig.of("[::1]:5000", TestEndpoints.open(THREE), "/v2/"))
        .contains("bind ipv6@[::1]:5000\n")
        .doesNotContain("Authorization");
  }

  @Test
  void whatItCannotCarryIsRefused() {
    List<Endpoint> two = List.of(at("10.0.0.1"), at("10.0.0.2", Secret.of("Basic eA==")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", two, "/v2/"))
        .withMessageContaining("10.0.0.2: behind one proxy");
    List<Endpoint> quote = List.of(at("10.0.0.1", Secret.of("Basic '\n")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", quote, "/v2/"));
    Endpoint tls = new Endpoint("10.0.0.1", "hub", 5000, "https://10.0.0.1:5000", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", List.of(tls), "/v2/"))
        .withMessageContaining("TLS");
    for (String odd : List.of("localhost", "127.0.0.1:5000 ssl", "/tmp/x")) {
      assertThatIllegalArgumentException().isThrownBy(() -> HaproxyConfig.of(odd, THREE, "/v2/"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", THREE, "/v2/ hdr X"));
  }
}

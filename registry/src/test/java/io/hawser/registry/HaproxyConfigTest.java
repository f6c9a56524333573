package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class HaproxyConfigTest {
  private static final String CA = "/etc/hawser/registry-ca/sealos.hub-5000.pem";

  @Test
  void theFileIsExactlyThis() {
    assertThat(HaproxyConfig.of("127.0.0.1:5000", THREE, CA, "/v2/"))
        .isEqualTo(Golden.text("haproxy.cfg"));
  }

  @Test
  void openRegistriesAreCheckedWithoutLogin() {
    assertThat(HaproxyConfig.of("[::1]:5000", TestEndpoints.open(THREE), CA, "/v2/"))
        .contains("bind ipv6@[::1]:5000\n")
        .doesNotContain("Authorization");
  }

  @Test
  void replicasWithTlsAreCheckedAndAskedByTlsOfTheirAuthority() {
    assertThat(
            HaproxyConfig.of("127.0.0.1:5000", TestEndpoints.tls(THREE, "x"), CA, "/v2/")
                .lines()
                .filter(line -> line.startsWith("  server ")))
        .containsExactly(
            "  server replica1 10.0.0.1:5000" + tls(),
            "  server replica2 10.0.0.2:5000" + tls(),
            "  server replica3 ipv6@[fd00::3]:5000" + tls());
  }

  private static String tls() {
    return " ssl verify required ca-file " + CA + " verifyhost sealos.hub sni str(sealos.hub)";
  }

  @Test
  void whatItCannotCarryIsRefused() {
    List<Endpoint> two = List.of(at("10.0.0.1"), at("10.0.0.2", Secret.of("Basic eA==")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", two, CA, "/v2/"))
        .withMessageContaining("10.0.0.2: behind one proxy");
    List<Endpoint> quote = List.of(at("10.0.0.1", Secret.of("Basic '\n")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", quote, CA, "/v2/"));
    List<Endpoint> tls = TestEndpoints.tls(THREE, "x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", tls, "/a b", "/v2/"))
        .withMessageContaining("/a b");
    for (String odd : List.of("localhost", "127.0.0.1:5000 ssl", "/tmp/x")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> HaproxyConfig.of(odd, THREE, CA, "/v2/"));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HaproxyConfig.of("127.0.0.1:5000", THREE, CA, "/v2/ hdr X"));
  }
}

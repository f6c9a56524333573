package io.hawser.registry;

import static io.hawser.registry.TestEndpoints.THREE;
import static io.hawser.registry.TestEndpoints.node;
import static io.hawser.registry.TestEndpoints.path;
import static io.hawser.registry.TestEndpoints.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.host.BlockChange;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CrioEndpointsTest {
  private static final EndpointStrategy CRIO = EndpointStrategies.crio();

  @Test
  void theFilesAreExactlyThese() {
    List<HostChange> changes = CRIO.changes(node("crio"), THREE);
    assertThat(changes.get(0))
        .isEqualTo(
            new BlockChange(
                "/etc/hosts",
                "registry-mirrors.sealos.hub-5000",
                List.of("fd00::3 fd00-0-0-0-0-0-0-3.hawser.internal")));
    List<HostChange> files = changes.subList(1, 4);
    assertThat(files)
        .extracting(TestEndpoints::path)
        .containsExactly(
            "/etc/crio/hawser-auth.json",
            "/etc/crio/crio.conf.d/90-hawser-auth.conf",
            "/etc/containers/registries.conf.d/90-hawser-sealos.hub-5000.conf");
    assertThat(text(files.get(0))).isEqualTo(Golden.text("auth.json"));
    assertThat(text(files.get(1))).isEqualTo(Golden.text("crio.conf"));
    assertThat(text(files.get(2))).isEqualTo(Golden.text("registries.conf"));
  }

  @Test
  @DisplayName("S1 only the authentication file holds credentials, and it is for root only")
  void s1OnlyTheAuthenticationFileHoldsCredentials() {
    List<HostChange> files = CRIO.changes(node("crio"), THREE).subList(1, 4);
    assertThat(files)
        .extracting(file -> ((FileChange) file).mode())
        .containsExactly(0600, 0644, 0644);
    String pair = "hawser:" + TestEndpoints.PASSWORD;
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Map<?, ?> auths = (Map<?, ?>) JsonText.parse(text(files.get(0)).strip());
    assertThat(auths.get("auths"))
        .isEqualTo(
            Map.of(
                "10.0.0.1:5000", Map.of("auth", encoded),
                "10.0.0.2:5000", Map.of("auth", encoded),
                "fd00-0-0-0-0-0-0-3.hawser.internal:5000", Map.of("auth", encoded)));
    assertThat(text(files.get(1)) + text(files.get(2))).doesNotContain(encoded, "hawser:");
  }

  @Test
  @DisplayName("S8 only plain HTTP is marked as insecure")
  void s8OnlyPlainHttpIsMarkedAsInsecure() {
    Endpoint tls = new Endpoint("10.0.0.1", "hub", 5000, "https://10.0.0.1:5000", null);
    Endpoint plain = new Endpoint("10.0.0.2", "hub", 5000, "http://10.0.0.2:5000", null);
    List<HostChange> files =
        CRIO.changes(node("crio", Map.of("position", "0")), List.of(tls, plain));
    assertThat(files).hasSize(1);
    assertThat(text(files.get(0)))
        .contains("location = \"10.0.0.2:5000\"\ninsecure = true\n")
        .endsWith("location = \"10.0.0.1:5000\"\n");
  }

  @Test
  void oneReplicaHasNoMirrors() {
    HostChange file = CRIO.changes(node("crio"), TestEndpoints.open(THREE.subList(0, 1))).get(0);
    assertThat(text(file)).contains("location = \"10.0.0.1:5000\"").doesNotContain("mirror]");
  }

  @Test
  void nodeWithoutCrioGetsNothing() {
    assertThat(CRIO.changes(node("containerd podman"), THREE)).isEmpty();
  }

  @Test
  void registryThatIsCalledByAnAddressIsMirroredUnderIt() {
    Endpoint v6 = TestEndpoints.called("fd00::3", "fd00::3", null);
    HostChange file = CRIO.changes(node("crio"), List.of(v6)).get(1);
    assertThat(path(file)).endsWith("/90-hawser--fd00-3-5000.conf");
    assertThat(text(file)).contains("prefix = \"[fd00::3]:5000\"");
    Endpoint v4 = TestEndpoints.called("10.0.0.1", "10.0.0.1", null);
    assertThat(text(CRIO.changes(node("crio"), List.of(v4)).get(0)))
        .contains("prefix = \"10.0.0.1:5000\"\nlocation = \"10.0.0.1:5000\"");
  }

  @Test
  void replicaWithTlsAndNoNameIsRefused() {
    Endpoint tls = new Endpoint("fd00::3", "hub", 5000, "https://[fd00::3]:5000", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CRIO.changes(node("crio"), List.of(tls)))
        .withMessageStartingWith("fd00::3: ");
    Endpoint named = new Endpoint("fd00::3", "hub", 5000, "https://r3.example:5000", null);
    assertThat(text(CRIO.changes(node("crio"), List.of(named)).get(0)))
        .contains("location = \"r3.example:5000\"\n")
        .doesNotContain("insecure");
  }

  @Test
  void urlThatIsMoreThanAHostAndAPortIsRefused() {
    for (String url : List.of("http://10.0.0.1:5000/v2", "http://u:p@10.0.0.1", "ftp://10.0.0.1")) {
      Endpoint odd = new Endpoint("10.0.0.1", "hub", 5000, url, null);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CRIO.changes(node("crio"), List.of(odd)))
          .withMessageStartingWith("10.0.0.1: the URL");
    }
  }

  @Test
  @DisplayName("C16 no text can leave its quotes")
  void c16NoTextCanLeaveItsQuotes() {
    assertThat(QuotedText.of("it", "a\"b\\c#é")).isEqualTo("\"a\\\"b\\\\c#é\"");
    for (String bad :
        List.of("a\nb", "a\u0000", "a\u007f", "a\u0085", "\ud800", "\ufeff", "\u2028")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> QuotedText.of("the password", bad))
          .withMessageStartingWith("the password holds a control or other invisible character");
    }
  }
}

package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import io.hawser.host.UnitChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchedEndpointsTest {
  private static final String PLACE = "/etc/hawser/registry-watch/sealos.hub-5000";
  private static final WatchedEndpoints WATCHED = (WatchedEndpoints) EndpointStrategies.standard();
  private static final NodeFacts NODE =
      TestEndpoints.node(
          "curl systemctl",
          Map.of(
              "containerd",
              "1.6.20",
              "known.repository",
              "shop/web",
              "known.manifest",
              "a".repeat(64),
              "known.blob",
              "b".repeat(64)));

  private static List<HostChange> changes(NodeFacts node) {
    return WATCHED.changes(node, TestEndpoints.THREE);
  }

  @Test
  void theServiceComesLastSoThatItIsStoppedFirst() {
    assertThat(changes(NODE).stream().map(HostChange::target))
        .containsExactly(
            PLACE + ".sh",
            PLACE + ".list",
            "/etc/containerd/certs.d/sealos.hub:5000/hosts.toml",
            "/etc/hosts",
            "hawser-registry-watch-sealos.hub-5000.service");
  }

  @Test
  void theListsAreThereAsWithoutAWatch() {
    assertThat(changes(NODE))
        .containsAll(EndpointStrategies.lists().changes(NODE, TestEndpoints.THREE));
  }

  @Test
  void aNodeThatCannotAskGetsTheListsAlone() {
    for (String tools : List.of("", "curl", "systemctl", "systemctl openssl")) {
      NodeFacts node = TestEndpoints.node(tools, Map.of("containerd", "1.6.20"));
      assertThat(changes(node))
          .as(tools)
          .isEqualTo(EndpointStrategies.lists().changes(node, TestEndpoints.THREE));
    }
  }

  @Test
  void whatIsMissingOnANodeIsSaidWithWhatToInstall() {
    List<Endpoint> tls = TestEndpoints.tls(TestEndpoints.THREE, "CA");
    assertThat(WATCHED.shortfall(NODE, TestEndpoints.THREE)).isEmpty();
    assertThat(WATCHED.shortfall(TestEndpoints.node("curl"), TestEndpoints.THREE).orElseThrow())
        .startsWith("no systemctl, so no health watch");
    NodeFacts openssl = TestEndpoints.node("systemctl openssl");
    assertThat(WATCHED.shortfall(openssl, tls)).isEmpty();
    assertThat(WATCHED.shortfall(openssl, TestEndpoints.THREE).orElseThrow())
        .endsWith("install curl or wget");
    assertThat(WATCHED.shortfall(TestEndpoints.node("systemctl"), tls).orElseThrow())
        .endsWith("install curl or wget or openssl");
  }

  @Test
  void theListSaysWhatIsAskedAndWhatIsDerived() {
    String list = TestEndpoints.text(changes(NODE).get(1));
    assertThat(list.lines())
        .startsWith(
            "hawser-registry-watch 1",
            "replicas 3",
            "path " + "a".repeat(64) + " /v2/shop/web/manifests/sha256:" + "a".repeat(64),
            "path " + "b".repeat(64) + " /v2/shop/web/blobs/sha256:" + "b".repeat(64),
            "toml /etc/containerd/certs.d/sealos.hub:5000/hosts.toml")
        .contains(
            "hosts /etc/hosts",
            "block registry.sealos.hub",
            // Position 1: the second replica is the first of this node.
            "name 1 http://10.0.0.2:5000",
            "name 2 http://[fd00::3]:5000",
            "server 3 server = \"http://10.0.0.1:5000\"",
            "line 2 fd00::3 sealos.hub");
  }

  @Test
  void withoutArtifactsTheDoorIsAsked() {
    NodeFacts node = TestEndpoints.node("curl systemctl");
    assertThat(TestEndpoints.text(changes(node).get(1)).lines())
        .contains("path " + ReplicaProbe.EMPTY_OBJECT + " /v2/")
        .noneMatch(line -> line.startsWith("toml "));
  }

  @Test
  @DisplayName("S8 replicas with TLS are asked with the cluster's authority, never without a check")
  void s8ReplicasWithTlsAreAskedWithTheirAuthority() {
    Endpoint tls =
        new Endpoint("10.0.0.1", "sealos.hub", 5000, "https://10.0.0.1:5000", null, "PEM\n");
    NodeFacts node =
        TestEndpoints.node("curl systemctl", Map.of("containerd", "1.6.20", "root", "/srv/h1"));
    String list = TestEndpoints.text(WATCHED.changes(node, List.of(tls)).get(1));
    assertThat(list.lines())
        .contains(
            "curl 1 cacert = \"/srv/h1/etc/hawser/registry-ca/sealos.hub-5000.pem\"",
            "wget 1 ca_certificate = /srv/h1/etc/hawser/registry-ca/sealos.hub-5000.pem",
            "server 1 ca = \"/etc/hawser/registry-ca/sealos.hub-5000.pem\"")
        .noneMatch(line -> line.contains("insecure") || line.contains("skip_verify"));
  }

  @Test
  @DisplayName("S2 the list is for root only and is not shown")
  void s2ListIsForRootOnly() {
    FileChange list = (FileChange) changes(NODE).get(1);
    assertThat(list.mode()).isEqualTo(0600);
    assertThat(list.secret()).isTrue();
    String header = TestEndpoints.THREE.get(0).authorization().reveal();
    assertThat(changes(NODE).toString()).doesNotContain(header);
  }

  @Test
  void aChangedListDoesNotRestartTheServiceThatReadsItByItself() {
    List<HostChange> two = WATCHED.changes(NODE, TestEndpoints.TWO);
    assertThat(two.get(1)).isNotEqualTo(changes(NODE).get(1));
    assertThat(two.get(4)).isEqualTo(changes(NODE).get(4)).isInstanceOf(UnitChange.class);
  }

  @Test
  void theServiceOfAHostBelowARootUsesThePathsOfTheMachine() {
    NodeFacts node =
        TestEndpoints.node("curl systemctl", Map.of("containerd", "1.6.20", "root", "/srv/h1"));
    List<HostChange> changes = changes(node);
    assertThat(((UnitChange) changes.get(4)).content())
        .contains("ExecStart=/bin/sh /srv/h1" + PLACE + ".sh /srv/h1" + PLACE + ".list");
    assertThat(TestEndpoints.text(changes.get(1))).contains("\nhosts /srv/h1/etc/hosts\n");
    assertThat(changes.get(0).target()).isEqualTo(PLACE + ".sh");
  }

  @Test
  void aLineBreakInAnEndpointIsRefused() {
    Endpoint odd = new Endpoint("10.0.0.1", "hub", 5000, "http://10.0.0.1:5000/\nx", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WATCHED.changes(NODE, List.of(odd)))
        .withMessageNotContaining("\nx");
  }
}

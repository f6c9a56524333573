package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in a Clusterfile beside the cluster. */
class ClusterfileDocumentsTest {
  static final Path FIXTURES = Path.of("src/test/resources/clusterfiles").toAbsolutePath();

  static Clusterfile load(String name) {
    return Clusterfiles.reader().checkTrees(false).load(FIXTURES.resolve(name));
  }

  static List<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FIXTURES)) {
      return files.sorted().toList();
    }
  }

  @Test
  void everyFieldOfAClusterThatSealosMadeIsThere() {
    Clusterfile file = load("sealos-finished.yaml");
    assertThat(file.phase()).contains("ClusterSuccess");
    assertThat(file.creationTimestamp()).contains("2023-05-09T07:41:20Z");
    assertThat(file.images())
        .containsExactly("labring/kubernetes:v1.27.0", "labring/calico:v3.24.1");
    assertThat(file.commands()).isEmpty();
    assertThat(file.warnings()).isEmpty();
    assertThat(file.cluster().mounts()).hasSize(2);
    assertThat(file).hasToString("Clusterfile of default");
  }

  @Test
  void documentsOfOtherKindsArePassedOnAsWritten() {
    List<ClusterfileDocument> companions = load("sealos-finished.yaml").companions();
    assertThat(companions)
        .extracting(ClusterfileDocument::kind)
        .containsExactly("InitConfiguration", "ClusterConfiguration", "KubeletConfiguration");
    assertThat(companions.get(1))
        .isEqualTo(
            new ClusterfileDocument(
                "ClusterConfiguration",
                "kubeadm.k8s.io/v1beta3",
                75,
                """
                apiVersion: kubeadm.k8s.io/v1beta3
                kind: ClusterConfiguration
                # kept as it is
                networking:
                  podSubnet: 100.64.0.0/10
                """));
    assertThat(companions.get(2).text()).endsWith("maxPods: 0110\n");
    assertThat(companions.get(2)).hasToString("KubeletConfiguration at line 81");
  }

  @Test
  void documentsAreFoundWhereverTheirMarkersStand() {
    Clusterfile file = load("handwritten.yaml");
    assertThat(file.documents())
        .extracting(ClusterfileDocument::kind)
        .containsExactly("Config.k3s", "Config", "Cluster", "KubeProxyConfiguration");
    assertThat(file.companions().get(0).text())
        .startsWith("apiVersion: k3s.cattle.io/v1\n")
        .endsWith("write-kubeconfig-mode: 0644   # stays octal\n\n");
    assertThat(file.companions().get(1).text())
        .isEqualTo("kind: KubeProxyConfiguration\nmode: ipvs\n");
    assertThat(file.cluster().configs()).extracting(Config::name).containsExactly("containerd");
    assertThat(file.cluster().env())
        .containsEntry("text", "it's \"quoted\"")
        .containsEntry("folded", "one two");
    assertThat(load("flow.yaml").documents().get(0).text())
        .startsWith("{kind: Cluster")
        .endsWith("\n");
    assertThat(load("windows.yaml").companions().get(0).text()).isEqualTo("kind: Other\r\na: b");
    assertThat(load("byte-order-mark.yaml").documents().get(0).text()).startsWith("kind: Cluster");
  }

  @Test
  void directivesAndEndMarkersBelongToNoDocument() {
    String text = ClusterfilesTest.spec("hosts: [{ips: [10.0.0.1], roles: [master]}]");
    Clusterfile file =
        Clusterfiles.reader()
            .load("%YAML 1.2\n---\n" + text + "...\n# not it\n---\nkind: Other\n...\n", "c");
    assertThat(file.documents())
        .extracting(ClusterfileDocument::text)
        .containsExactly(text, "kind: Other\n");
  }

  @Test
  void theRenderedDocumentsOfATemplateArePassedOn() {
    String text = ClusterfilesTest.spec("hosts: [{ips: [10.0.0.1], roles: [master]}]");
    Clusterfile file =
        Clusterfiles.reader()
            .set(List.of("cidr=100.64.0.0/10"))
            .load(text + "---\nkind: Other\ncidr: {{ .Values.cidr }}\n", "c");
    assertThat(file.companions())
        .containsExactly(
            new ClusterfileDocument("Other", "", 6, "kind: Other\ncidr: 100.64.0.0/10\n"));
  }
}

package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.cluster.Config;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LenientTest {
  private static final String LOOSE =
      """
      apiVersion: apps.sealos.io/v1beta2
      kind: Cluster
      metadata: {name: c, nmae: d}
      spec:
        passwrd: hunter2
        hosts:
          - {ips: [10.0.0.1], roles: [master, gpu]}
          - {ips: [10.0.0.2], roles: [nod]}
        env: ["A={{ .Values.gone }}"]
      ---
      ---
      kind: Cluter
      ---
      - list
      ---
      a: b
      ---
      kind: Config
      metadata: {name: x}
      spec: {path: a, match: other, data: first}
      ---
      kind: Config
      metadata: {name: x}
      spec: {path: a, data: second}
      """;

  @Test
  @DisplayName("I4 lenient reading warns of what sealos ignores, and reads the rest")
  void lenientReadingWarns() {
    Clusterfile file = Clusterfiles.reader().lenient(true).load(LOOSE, "Clusterfile");
    assertThat(file.cluster().hosts()).hasSize(2);
    assertThat(file.cluster().hosts().get(1).roles()).isEmpty();
    assertThat(file.cluster().env()).containsEntry("A", "<no value>");
    assertThat(file.cluster().configs()).extracting(Config::data).containsExactly("second");
    assertThat(file.documents())
        .extracting(ClusterfileDocument::kind)
        .containsExactly("Cluster", "Cluter", "", "", "Config", "Config");
    assertThat(file.warnings())
        .extracting(Problem::toString)
        .containsExactly(
            "Clusterfile:1:13: apiVersion: unknown version \"apps.sealos.io/v1beta2\" of kind"
                + " Cluster (known: apps.sealos.io/v1beta1)",
            "Clusterfile:3:21: metadata.nmae: unknown field (did you mean \"name\"?)",
            "Clusterfile:5:3: spec.passwrd: unknown field (did you mean \"passwd\"? That belongs in"
                + " ssh)",
            "Clusterfile:7:41: spec.hosts[0].roles[1]: unknown role \"gpu\" (known: master, node,"
                + " registry, amd64, arm64, key=value)",
            "Clusterfile:8:33: spec.hosts[1].roles[0]: unknown role \"nod\" (did you mean"
                + " \"node\"?)",
            "Clusterfile:9: template: key \"Values.gone\" is missing (no values were given)",
            "Clusterfile:12:7: kind: unknown kind \"Cluter\" (did you mean \"Cluster\"?)",
            "Clusterfile:14:1: expected a document that is a mapping, found a list",
            "Clusterfile:16:1: kind: the document has no kind");
  }

  @Test
  @DisplayName("I4 strict reading, the default, refuses all that lenient reading warns of")
  void strictReadingRefusesTheSame() {
    String text = LOOSE.replace("{{ .Values.gone }}", "");
    List<Problem> warnings = Clusterfiles.reader().lenient(true).load(text, "c").warnings();
    assertThat(warnings).hasSize(8);
    assertThatThrownBy(() -> Clusterfiles.parse(text, "c"))
        .isInstanceOfSatisfying(
            ClusterfileException.class,
            e -> assertThat(e.problems()).containsExactlyElementsOf(warnings));
  }

  @Test
  void whatCannotBeReadIsAProblemAllTheSame() {
    for (String wrong :
        List.of("ips: [10.0.0.300]", "ips: x", "ips: [10.0.0.2], ips: []", "ips: [10.0.0.1]")) {
      assertThatThrownBy(
              () ->
                  Clusterfiles.reader()
                      .lenient(true)
                      .parse(ClusterfilesTest.host(wrong, "roles: [node]"), "c"))
          .as(wrong)
          .isInstanceOf(ClusterfileException.class);
    }
  }
}

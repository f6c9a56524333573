package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDocumentsTest {
  private static final String CLUSTER =
      """
      apiVersion: apps.sealos.io/v1beta1
      kind: Cluster
      metadata: {name: c}
      spec:
        hosts: [{ips: [10.0.0.1], roles: [master]}]
      status:
        mounts:
          - {name: r, type: rootfs, imageName: "hub/k8s:v1", mountPoint: tree}
          - {name: p, type: patch, imageName: "hub/patch:v2", mountPoint: tree}
      """;

  private static final String CALICO =
      """
      apiVersion: apps.sealos.io/v1beta1
      kind: Config
      metadata:
        name: calico
      spec:
        path: manifests/calico.yaml
        strategy: merge
        match: hub/patch:v2
        data: |
          spec:
            cidr: 10.1.0.0/16
      """;

  private static Cluster read(String... documents) {
    return Clusterfiles.reader()
        .checkTrees(false)
        .parse(String.join("---\n", documents), "Clusterfile");
  }

  private static List<String> problems(String... documents) {
    return catchThrowableOfType(ClusterfileException.class, () -> read(documents))
        .problems()
        .stream()
        .map(Problem::toString)
        .toList();
  }

  private static String config(String name, String... spec) {
    return "kind: Config\nmetadata: {name: %s}\nspec:\n  path: etc/a\n  %s\n"
        .formatted(name, String.join("\n  ", spec));
  }

  @Test
  void aConfigIsReadBeforeAndBehindTheCluster() {
    Config calico =
        new Config(
            "calico",
            "hub/patch:v2",
            "manifests/calico.yaml",
            Config.Strategy.MERGE,
            "spec:\n  cidr: 10.1.0.0/16\n");
    assertThat(read(CLUSTER, CALICO).configs()).containsExactly(calico);
    assertThat(read(CALICO, CLUSTER).configs()).containsExactly(calico);
    assertThat(calico.toString()).doesNotContain("10.1.0.0");
  }

  @Test
  void ofTwoWithOneNameTheLaterCountsAtThePlaceOfTheEarlier() {
    Cluster cluster =
        read(
            CLUSTER,
            config("a", "data: one"),
            config("b", "data: two"),
            config("a", "data: three"));
    assertThat(cluster.configs()).extracting(Config::data).containsExactly("three", "two");
  }

  @Test
  void withoutAStrategyTheFileIsReplacedInAllImages() {
    for (String strategy : List.of("", "strategy: unset", "strategy: override", "strategy: ~")) {
      Config config = read(CLUSTER, config("a", "data: one", strategy)).configs().get(0);
      assertThat(config.strategy()).as(strategy).isEqualTo(Config.Strategy.OVERRIDE);
      assertThat(config.match()).isEmpty();
    }
  }

  @Test
  void allThatIsWrongIsSaidAtOnceWithItsPlace() {
    assertThat(
            problems(
                CLUSTER,
                """
                apiVersion: apps.sealos.io/v1beta2
                kind: Config
                spec:
                  path: ../../etc/passwd
                  strategy: merg
                  match: hub/patch:v1
                  date: x
                """,
                config("b", "strategy: merge", "data: plain")))
        .containsExactly(
            "Clusterfile:11:1: metadata.name: is required",
            "Clusterfile:11:13: apiVersion: unknown version \"apps.sealos.io/v1beta2\" of kind"
                + " Config (known: apps.sealos.io/v1beta1)",
            "Clusterfile:14:9: spec.path: is no path below the image's root (write it relative,"
                + " without \".\" and \"..\", and not below registry/: etc/config.yaml)",
            "Clusterfile:15:13: spec.strategy: unknown strategy \"merg\" (did you mean \"merge\"?)",
            "Clusterfile:17:3: spec.date: unknown field (did you mean \"data\"?)",
            "Clusterfile:24:9: spec.data: strategy merge needs one YAML mapping (use override,"
                + " insert or append for other texts)");
  }

  @Test
  void anImageThatIsMatchedHasToBeThere() {
    assertThat(problems(CLUSTER, config("a", "match: hub/patch:v1")))
        .containsExactly(
            "Clusterfile:15:10: spec.match: no image of the cluster is called \"hub/patch:v1\""
                + " (did you mean \"hub/patch:v2\"?)");
  }

  @Test
  void thoseOfAFileOfTheirOwnAreReadWithoutACluster(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("config.yml"), CALICO + "---\nkind: Other\n");
    assertThat(Clusterfiles.configs(file)).extracting(Config::name).containsExactly("calico");
  }
}

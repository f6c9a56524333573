package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which of several sources a variable comes from. */
class ClusterEnvTest {
  private static final Host HOST =
      Host.at("10.0.0.1")
          .roles(Role.MASTER, Role.REGISTRY)
          .env(Map.of("K", "host", "SEALOS_SYS_RUN_MODE", "mine"))
          .build();

  private static ImageMount image(String name, ImageType type, Map<String, String> env) {
    return new ImageMount(name, type, name, Path.of("/x"), env, Map.of("version", "v1.27.0"));
  }

  private static Cluster.Builder cluster() {
    return Cluster.named("c").hosts(HOST);
  }

  private static EnvExplanation.Value value(EnvExplanation explanation, String name) {
    return explanation.values().stream()
        .filter(value -> value.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> beaten(EnvExplanation.Value value) {
    return value.beaten().stream().map(EnvExplanation.Origin::toString).toList();
  }

  @Test
  void everyValueIsExplainedWithAllThatItBeat() {
    Cluster cluster =
        cluster()
            .env(Map.of("K", "cluster"))
            .mount(image("base", ImageType.ROOTFS, Map.of("K", "image", "I", "1")))
            .mount(image("fix", ImageType.PATCH, Map.of("I", "2")))
            .mount(image("app", ImageType.APPLICATION, Map.of("I", "3")))
            .build()
            .withCallEnv(Map.of("K", "call", "C", "c"), EnvOrder.CLUSTERFILE_WINS);
    EnvExplanation explained = cluster.explainEnv(HOST);
    EnvExplanation.Value k = value(explained, "K");
    assertThat(k.value()).isEqualTo("host");
    assertThat(k.source()).isEqualTo("spec.hosts[].env");
    assertThat(beaten(k)).containsExactly("spec.env: cluster", "call: call", "image base: image");
    assertThat(value(explained, "I").value()).isEqualTo("2");
    assertThat(beaten(value(explained, "I"))).containsExactly("image base: 1");
    assertThat(value(explained, "C").source()).isEqualTo("call");
    assertThat(value(explained, "SEALOS_SYS_KUBE_VERSION").source()).isEqualTo("computed");
    explained
        .values()
        .forEach(value -> assertThat(cluster.env(HOST)).containsEntry(value.name(), value.value()));
    assertThat(explained.values()).hasSameSizeAs(cluster.env(HOST).entrySet());
  }

  @Test
  void whatIsGivenForTheCallBeatsTheClusterfileOnlyWhenAsked() {
    Cluster cluster =
        cluster()
            .env(Map.of("A", "cluster"))
            .mount(image("base", ImageType.ROOTFS, Map.of("A", "image", "I", "image")))
            .build();
    Map<String, String> call = Map.of("A", "call", "I", "call", "K", "call");
    assertThat(cluster.withCallEnv(call, EnvOrder.CLUSTERFILE_WINS).env(HOST))
        .containsEntry("A", "cluster")
        .containsEntry("I", "call")
        .containsEntry("K", "host");
    assertThat(cluster.withCallEnv(call, EnvOrder.CALL_WINS).env(HOST))
        .containsEntry("A", "call")
        .containsEntry("I", "call")
        .containsEntry("K", "call")
        .containsEntry("SEALOS_SYS_RUN_MODE", "master,registry");
    assertThat(cluster.withCallEnv(call, EnvOrder.CALL_WINS).withMounts(List.of()).env(HOST))
        .as("a changed copy keeps it")
        .containsEntry("A", "call");
  }

  @Test
  void reservedNamesAreSetAsideAtTheEntranceAndNamed() {
    Cluster cluster =
        cluster()
            .env(Map.of("SEALOS_SYS_X", "1"))
            .mount(image("base", ImageType.ROOTFS, Map.of("SEALOS_SYS_Y", "image")))
            .build()
            .withCallEnv(Map.of("SEALOS_SYS_Z", "2"), EnvOrder.CALL_WINS);
    assertThat(cluster.env()).isEmpty();
    assertThat(HOST.env()).containsOnlyKeys("K");
    assertThat(HOST.toBuilder().build().givenEnv().reserved())
        .containsExactly("SEALOS_SYS_RUN_MODE");
    assertThat(cluster.env(HOST))
        .containsEntry("SEALOS_SYS_Y", "image")
        .containsEntry("SEALOS_SYS_RUN_MODE", "master,registry")
        .doesNotContainKeys("SEALOS_SYS_X", "SEALOS_SYS_Z");
    assertThat(cluster.explainEnv(HOST).warnings())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("spec.env: SEALOS_SYS_X is ignored"))
        .anyMatch(line -> line.startsWith("call: SEALOS_SYS_Z is ignored"))
        .anyMatch(line -> line.startsWith("spec.hosts[].env: SEALOS_SYS_RUN_MODE is ignored"));
  }

  @Test
  void ofANameThatIsGivenTwiceTheLastValueCountsAndAllAreKept() {
    Host host = HOST.toBuilder().env(Map.of("L", List.of("a", "b"))).env(Map.of("L", "c")).build();
    Cluster cluster = Cluster.named("c").hosts(host).env(Map.of("L", List.of("x", "y"))).build();
    assertThat(cluster.env(host)).containsEntry("L", "c");
    assertThat(cluster.env()).containsEntry("L", "y");
    assertThat(host.envValues("L")).containsExactly("a", "b", "c");
    assertThat(cluster.envValues("L")).containsExactly("x", "y");
    assertThat(cluster.envValues("none")).isEmpty();
    assertThat(beaten(value(cluster.explainEnv(host), "L")))
        .containsExactly(
            "spec.hosts[].env: b", "spec.hosts[].env: a", "spec.env: y", "spec.env: x");
  }

  @Test
  void secretsAreStarsInAnExplanation() throws IOException, ClassNotFoundException {
    Cluster cluster =
        cluster()
            .env(
                Map.of(
                    "registryPassword", "hunter-2",
                    "API_KEY", "hunter-3",
                    "proxy", "http://me:hunter-4@proxy:3128",
                    "author", "somebody"))
            .mount(image("base", ImageType.ROOTFS, Map.of("registryPassword", "hunter-1")))
            .build();
    EnvExplanation explained = cluster.explainEnv(HOST);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(explained);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(explained);
    }
    assertThat(explained.toTable() + explained.toMap() + bytes)
        .doesNotContain("hunter")
        .contains("somebody", "******");
    assertThat(value(explained, "registryPassword").beaten()).hasSize(1);
  }

  @Test
  void anExplanationReadsAsATable() {
    Cluster cluster =
        cluster().mount(image("base", ImageType.ROOTFS, Map.of("K", "a\nb\u001b[31m"))).build();
    assertThat(cluster.explainEnv(HOST).toTable())
        .isEqualTo(
            """
            environment of 10.0.0.1
            K                        spec.hosts[].env  host
              beats image base: a\\nb\\x1b[31m
            SEALOS_SYS_KUBE_VERSION  computed          v1.27.0
            SEALOS_SYS_RUN_MODE      computed          master,registry
            warning: spec.hosts[].env: SEALOS_SYS_RUN_MODE is ignored: only images may set names that start with SEALOS_SYS
            """);
  }

  @Test
  void anApplicationSeesItsOwnEnvironmentOverThatOfTheRootfs() {
    ImageMount app = image("app", ImageType.APPLICATION, Map.of("I", "app", "own", "1"));
    Cluster cluster =
        cluster()
            .env(Map.of("C", "cluster"))
            .mount(image("base", ImageType.ROOTFS, Map.of("I", "base", "C", "base")))
            .mount(app)
            .build();
    assertThat(cluster.env(HOST, app))
        .containsEntry("I", "app")
        .containsEntry("own", "1")
        .containsEntry("C", "cluster");
    assertThat(cluster.env(HOST)).containsEntry("I", "base").doesNotContainKey("own");
  }

  @Test
  void aLabelOfAnApplicationNeverReplacesOneOfTheRootfs() {
    ImageMount base = labelled("base", ImageType.ROOTFS, Map.of("init", "init.sh", "clean", "c"));
    ImageMount patch = labelled("fix", ImageType.PATCH, Map.of("clean", "other.sh"));
    ImageMount app =
        labelled("app", ImageType.APPLICATION, Map.of("init", "app.sh", "init-cri", "app.sh"));
    Cluster cluster = cluster().mount(base).mount(patch).mount(app).build();
    assertThat(cluster.labelled("init")).contains(base);
    assertThat(cluster.labelled("clean")).as("a patch lies over the rootfs").contains(patch);
    assertThat(cluster.labelled("init-cri")).isEmpty();
    assertThat(cluster.labelled("check")).isEmpty();
  }

  private static ImageMount labelled(String name, ImageType type, Map<String, String> labels) {
    return new ImageMount(name, type, name, Path.of("/x"), Map.of(), labels);
  }

  @Test
  void onlyWhatSomebodyChoseForTheClusterIsChosen() {
    Cluster cluster =
        cluster()
            .mount(image("base", ImageType.ROOTFS, Map.of("registryPassword", "passw0rd")))
            .build();
    assertThat(cluster.registryPassword(HOST)).isEmpty();
    Cluster called = cluster.withCallEnv(Map.of("registryPassword", "x"), EnvOrder.CALL_WINS);
    assertThat(called.registryPassword(HOST).orElseThrow().reveal()).isEqualTo("x");
    assertThat(called.imageEnv(HOST)).containsEntry("registryPassword", "passw0rd");
  }
}

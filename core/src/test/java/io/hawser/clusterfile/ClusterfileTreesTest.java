package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.EnvOrder;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.ImageType;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import io.hawser.template.TemplateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterfileTreesTest {
  private static final String HEAD =
      """
      kind: Cluster
      metadata: {name: c}
      spec:
        image: [labring/kubernetes:v1.27.0]
        env: [registryDomain=hub]
        hosts:
          - {ips: [10.0.0.1], roles: [master]}
          - {ips: [10.0.0.2], roles: [node], env: [extra=1]}
      """;

  private static final String MOUNTS =
      """
      status:
        mounts:
          - name: base
            type: rootfs
            imageName: labring/kubernetes:v1.27.0
            mountPoint: tree
            env: {criData: /var/lib/containerd, registryPort: 5000}
            labels:
              version: v1.27.0
              init-cri: init-cri.sh $registryDomain && bash init.sh
            cmd: []
            entrypoint: []
      """;

  @TempDir Path directory;
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = directory.resolve("tree");
    for (String name : List.of("init.sh", "init-cri.sh", "check.sh.tmpl", "other.sh")) {
      put("scripts/" + name, "#!/bin/bash\n");
    }
  }

  private void put(String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Path clusterfile(String text) throws IOException {
    return Files.writeString(directory.resolve("Clusterfile"), text);
  }

  private static List<String> problems(ClusterfileReader reader, Path file) {
    ClusterfileException e =
        catchThrowableOfType(ClusterfileException.class, () -> reader.read(file));
    return e == null
        ? List.of()
        : e.problems().stream()
            .map(p -> p.line() + ":" + p.field() + ": " + p.message() + " " + p.hint())
            .toList();
  }

  @Test
  void mountsAreReadAndResolvedAgainstTheClusterfile() throws IOException {
    ImageMount mount = Clusterfiles.read(clusterfile(HEAD + MOUNTS)).rootfs().orElseThrow();
    assertThat(mount.name()).isEqualTo("base");
    assertThat(mount.mountPoint()).isEqualTo(tree);
    assertThat(mount.env())
        .containsExactly(
            Map.entry("criData", "/var/lib/containerd"), Map.entry("registryPort", "5000"));
    assertThat(mount.script("init-cri")).contains("init-cri.sh $registryDomain && bash init.sh");
  }

  @Test
  void scriptsThatExistAreTheDefaultOfTheirLabels() throws IOException {
    ImageMount mount = Clusterfiles.read(clusterfile(HEAD + MOUNTS)).rootfs().orElseThrow();
    assertThat(mount.script("init")).contains("init.sh");
    assertThat(mount.script("check")).as("from a template").contains("check.sh");
    assertThat(mount.script("clean")).as("no such file").isEmpty();
    assertThat(mount.script("clean-cri")).as("has no default").isEmpty();
  }

  @Test
  void theTypeMayStandInALabel() throws IOException {
    for (String label : List.of("sealos.io.type", "apps.sealos.io/type")) {
      String text = MOUNTS.replace("      type: rootfs\n", "");
      String labelled = text.replace("version: v1", label + ": patch\n        version: v1");
      Cluster cluster = Clusterfiles.read(clusterfile(HEAD + labelled));
      assertThat(cluster.mounts().get(0).type()).isEqualTo(ImageType.PATCH);
    }
  }

  @Test
  void problemsOfTreesStandAtTheirLines() throws IOException {
    String mounts =
        MOUNTS.replace("bash init.sh", "bash intt.sh")
            + """
                - {name: base, mountPoint: nowhere, type: rotfs, labls: {}}
                - {type: patch}
            """;
    put("etc/a.yml.tmpl", "x\n{{ .registryDomian }}{{ .registryPort }}\n{{ .extra }}\n");
    put("manifests/deep/b.tmpl", "{{ if }}");
    put("opt/c.tmpl", "{{ not looked at");
    assertThat(problems(Clusterfiles.reader(), clusterfile(HEAD + mounts)))
        .containsExactly(
            "11:status.mounts[0]: template etc/a.yml.tmpl:2: key \"registryDomian\" is missing (did"
                + " you mean \"registryDomain\"?) on 10.0.0.1 null",
            "11:status.mounts[0]: template etc/a.yml.tmpl:3: key \"extra\" is missing (known:"
                + " SEALOS_SYS_KUBE_VERSION, SEALOS_SYS_RUN_MODE, criData, registryDomain,"
                + " registryPort) on 10.0.0.1 null",
            "11:status.mounts[0]: template manifests/deep/b.tmpl:1: a value is missing on 10.0.0.1"
                + " null",
            "18:status.mounts[0].labels.init-cri: there is no script \"intt.sh\" in "
                + tree.resolve("scripts")
                + " did you mean \"init.sh\"?",
            "21:status.mounts[1].name: two mounts are named \"base\": at 11:13 and 21:14 null",
            "21:status.mounts[1].mountPoint: "
                + directory.resolve("nowhere")
                + " is not a directory unpack the image there, or give the directory of its tree",
            "21:status.mounts[1].type: unknown type of image \"rotfs\" did you mean \"rootfs\"?",
            "21:status.mounts[1].labls: unknown field did you mean \"labels\"?",
            "22:status.mounts[2].name: is required null",
            "22:status.mounts[2].mountPoint: is required null");
  }

  @Test
  void environmentOfTheCallCountsWhereTemplatesAreChecked() throws IOException {
    put("etc/a.tmpl", "{{ .given }}{{ .registryDomain }}");
    ClusterfileReader reader =
        Clusterfiles.reader().callEnv(Map.of("given", "x"), EnvOrder.CLUSTERFILE_WINS);
    assertThat(problems(Clusterfiles.reader(), clusterfile(HEAD + MOUNTS))).hasSize(1);
    Cluster cluster = reader.read(clusterfile(HEAD + MOUNTS));
    assertThat(cluster.env(cluster.firstMaster()))
        .containsEntry("given", "x")
        .containsEntry("registryDomain", "hub");
  }

  @Test
  void repeatedNamesKeepAllTheirValues() throws IOException {
    String text = HEAD.replace("env: [registryDomain=hub]", "env: [a=1, b=2, a=3=4]");
    Cluster cluster = Clusterfiles.read(clusterfile(text));
    assertThat(cluster.env()).containsEntry("a", "3=4").containsEntry("b", "2");
    assertThat(cluster.envValues("a")).containsExactly("1", "3=4");
  }

  @Test
  void anotherEngineChecksItsOwnTemplates() throws IOException {
    put("etc/a.tmpl", "<% registryDomain %>{{ .gone }}");
    put("etc/b.tmpl", "<% gone %>");
    TemplateEngine engine =
        (template, name, values) -> {
          if (template.toString().contains("gone %>")) {
            throw new TemplateException(name.toString(), 1, "there is no gone");
          }
          return template.toString();
        };
    assertThat(problems(Clusterfiles.reader().templates(engine), clusterfile(HEAD + MOUNTS)))
        .singleElement()
        .asString()
        .contains("template etc/b.tmpl:1: there is no gone");
  }

  @Test
  void aFunctionOfOnesOwnIsKnownWhereTemplatesAreChecked() throws IOException {
    put("etc/a.tmpl", "{{ mine }}{{ .gone }}{{ .lost }}");
    TemplateEngine engine = GoTemplates.standard().function("mine", arguments -> "x");
    assertThat(problems(Clusterfiles.reader().templates(engine), clusterfile(HEAD + MOUNTS)))
        .as("one for each key, on one environment after the other")
        .hasSize(2)
        .noneMatch(problem -> problem.contains("mine"));
  }

  @Test
  void templatesAndHostsAreReportedTogether() throws IOException {
    put("etc/a.tmpl", "{{ .nope }}");
    String text = HEAD.replace("roles: [master]", "roles: [maser]") + MOUNTS;
    assertThat(problems(Clusterfiles.reader(), clusterfile(text))).hasSize(3);
  }

  @Test
  void checksCanBeSwitchedOff() throws IOException {
    put("etc/a.tmpl", "{{ .nope }}");
    Path file = clusterfile(HEAD + MOUNTS);
    assertThat(problems(Clusterfiles.reader(), file)).hasSize(1);
    assertThat(problems(Clusterfiles.reader().strictTemplates(false), file)).isEmpty();
    Path missing = clusterfile(HEAD + MOUNTS.replace("tree", "nowhere"));
    assertThat(problems(Clusterfiles.reader().strictTemplates(false), missing)).hasSize(1);
    assertThat(problems(Clusterfiles.reader().checkTrees(false), missing)).isEmpty();
  }

  @Test
  void aTreeIsGivenByOrderOrName() throws IOException {
    Path file = clusterfile(HEAD + MOUNTS.replace("mountPoint: tree", "mountPoint: nowhere"));
    for (Object image :
        List.of(
            tree,
            tree.toString(),
            "base=" + tree,
            "labring/kubernetes:v1.27.0=" + tree,
            new StringBuilder("base=").append(tree))) {
      Cluster cluster = Clusterfiles.reader().images(List.of(image)).read(file);
      assertThat(cluster.mounts().get(0).mountPoint()).isEqualTo(tree);
    }
    ClusterfileReader two = Clusterfiles.reader().images(List.of(tree, tree));
    assertThat(problems(two, file)).singleElement().asString().contains("no image left");
    ClusterfileReader other =
        Clusterfiles.reader().checkTrees(false).images(List.of("bse=" + tree));
    assertThat(problems(other, file)).singleElement().asString().contains("mean \"base\"?");
    assertThatThrownBy(() -> Clusterfiles.reader().images(List.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTreeWithoutMountIsARootfsNamedLikeTheImage() throws IOException {
    ImageMount mount =
        Clusterfiles.reader().images(List.of(tree)).read(clusterfile(HEAD)).mounts().get(0);
    assertThat(mount.name()).isEqualTo("labring/kubernetes:v1.27.0");
    assertThat(mount.type()).isEqualTo(ImageType.ROOTFS);
    assertThat(mount.labels()).containsOnlyKeys("check", "init");
  }

  @Test
  void labelsAndEnvironmentComeFromTheKubefile() throws IOException {
    put(
        "Kubefile",
        """
        FROM scratch
        LABEL sealos.io.type="rootfs" \\
          # a comment between
          check="check.sh $registryData" init='init.sh \\$x'
        label version v1.2 3
        ENV criData=/data registryPort="50 00"
        ENV old the  old "form"
        COPY . .
        """);
    ImageMount mount =
        Clusterfiles.reader().images(List.of(tree)).read(clusterfile(HEAD)).mounts().get(0);
    assertThat(mount.labels())
        .containsEntry("check", "check.sh $registryData")
        .containsEntry("init", "init.sh \\$x")
        .containsEntry("version", "v1.2 3");
    assertThat(mount.env())
        .containsExactly(
            Map.entry("criData", "/data"),
            Map.entry("registryPort", "50 00"),
            Map.entry("old", "the old form"));
  }

  @Test
  void filesThatCannotBeReadAreAProblem() throws IOException {
    Path file = directory.resolve("Clusterfile");
    assertThat(problems(Clusterfiles.reader(), file))
        .containsExactly("0:: there is no such file null");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(problems(Clusterfiles.reader(), file))
        .containsExactly("0:: the file is not UTF-8 null");
    Files.write(file, new byte[13 * 1024 * 1024]);
    assertThat(problems(Clusterfiles.reader(), file))
        .containsExactly("0:: the file is too large null");
    put("etc/a.tmpl", new String(new byte[] {65}, StandardCharsets.UTF_8));
    Files.write(tree.resolve("etc/a.tmpl"), new byte[] {(byte) 0xff});
    assertThat(problems(Clusterfiles.reader(), clusterfile(HEAD + MOUNTS)))
        .singleElement()
        .asString()
        .contains("not readable UTF-8");
  }

  @Test
  void scriptsOfALabelAreTheWordsAfterBash() {
    assertThat(ScriptLabels.scripts("a.sh $x $y && bash b.sh; sh -x 'c.sh' || echo d.sh"))
        .containsExactly("a.sh", "b.sh", "c.sh");
    assertThat(ScriptLabels.scripts("$x && bash /opt/a.sh")).isEmpty();
  }
}

package io.hawser.clusterfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterfileTemplateTest {
  private static final String TEMPLATE =
      """
      kind: Cluster
      metadata:
        name: {{ .Values.name }}
      spec:
        ssh:
          passwd: {{ .Values.ssh.passwd }}
        hosts:
      {{- range $i, $ip := .Values.ips }}
          - ips: ["{{ $ip }}"]
            roles: [{{ if eq $i 0 }}master{{ else }}node{{ end }}]
      {{- end }}
      """;

  @TempDir Path directory;

  private Path values(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> problems(ClusterfileReader reader, String text) {
    ClusterfileException e =
        catchThrowableOfType(ClusterfileException.class, () -> reader.load(text, "Clusterfile"));
    return e == null ? List.of() : e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void valuesOfAllSourcesAreLaidOverOneAnotherAndPairsOverThem() throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("ssh", Map.of("passwd", new StringBuilder("by map")));
    Cluster cluster =
        Clusterfiles.reader()
            .values(
                List.of(
                    values("a.yaml", "name: first\nips: [10.0.0.1, 10.0.0.2]\nssh: {user: u}\n"),
                    values("b.yaml", "name: second\n").toString(),
                    values("c.yaml", "").toFile(),
                    bytes("ips: [10.0.0.7, 10.0.0.8]"),
                    data))
            .set(List.of("name=third,ips[1]=10.0.0.9"))
            .parse(TEMPLATE, "Clusterfile");
    assertThat(cluster.name()).isEqualTo("third");
    assertThat(cluster.hosts()).extracting(Host::address).containsExactly("10.0.0.7", "10.0.0.9");
    assertThat(cluster.firstMaster().ssh().password()).contains(Secret.of("by map"));
  }

  @Test
  void aReaderWithPairsReadsTheSameAgain() {
    ClusterfileReader reader =
        Clusterfiles.reader()
            .set(List.of("ips={10.0.0.1,10.0.0.2}", "ips[1]=10.0.0.3", "name=c"))
            .setStrings(List.of("ssh.passwd=007"));
    for (int i = 0; i < 2; i++) {
      Cluster cluster = reader.parse(TEMPLATE, "c");
      assertThat(cluster.hosts()).extracting(Host::address).containsExactly("10.0.0.1", "10.0.0.3");
      assertThat(cluster.firstMaster().ssh().password()).contains(Secret.of("007"));
    }
  }

  @Test
  void aTextWithoutActionsIsTakenAsItIs() {
    String text = ClusterfilesTest.spec("hosts: [{ips: [10.0.0.1], roles: [master]}]", "# }} %");
    Clusterfile file = Clusterfiles.reader().set(List.of("a=b")).load(text, "c");
    assertThat(file.text()).isEqualTo(text);
  }

  @Test
  @DisplayName("I7 a missing key names line and nearest value, all of them at once")
  void aMissingKeyNamesTheNearestValue() {
    ClusterfileReader reader =
        Clusterfiles.reader().set(List.of("nam=x,ssh.pass=hunter2,ips={10.0.0.1}"));
    assertThat(problems(reader, TEMPLATE + "# {{ .registryDomain }}\n"))
        .containsExactly(
            "Clusterfile:3: template: key \"Values.name\" is missing" + " (did you mean \"nam\"?)",
            "Clusterfile:6: template: key \"Values.ssh.passwd\" is missing"
                + " (did you mean \"ssh.pass\"?)",
            "Clusterfile:12: template: key \"registryDomain\" is missing (a Clusterfile knows"
                + " .Values only; for braces that a later template is to see write {{ \"{{\" }})");
    assertThat(problems(Clusterfiles.reader(), "a: {{ .Values.a }}"))
        .containsExactly(
            "Clusterfile:1: template: key \"Values.a\" is missing (no values were given)");
  }

  @Test
  @DisplayName("I7 a template that is wrong names file and line")
  void aWrongTemplateNamesFileAndLine() {
    for (String wrong :
        List.of("{{ if }}", "{{ nope 1 }}", "{{ fail \"x\" }}", "{{ range 1e9 }}")) {
      assertThat(problems(Clusterfiles.reader(), "kind: Cluster\n" + wrong))
          .as(wrong)
          .singleElement()
          .asString()
          .startsWith("Clusterfile:2: template: ");
    }
  }

  @Test
  @DisplayName("I7 a template sees no environment, and a loop without end ends")
  void aTemplateSeesNoEnvironmentAndEnds() {
    assertThat(problems(Clusterfiles.reader(), "a: {{ env \"PATH\" }}"))
        .singleElement()
        .asString()
        .startsWith("Clusterfile:1: template: ")
        .contains("env")
        .doesNotContain(System.getenv("PATH"));
    for (String endless :
        List.of(
            "{{ range 100000000 }}{{ end }}",
            "{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}")) {
      assertThat(problems(Clusterfiles.reader(), endless)).as(endless).hasSize(1);
    }
  }

  @Test
  @DisplayName("I7 braces in a value are data and are not read again")
  void bracesInAValueAreData() {
    String text =
        ClusterfilesTest.spec(
            "hosts: [{ips: [10.0.0.1], roles: [master]}]", "env: ['A={{ .Values.a }}']");
    ClusterfileReader reader =
        Clusterfiles.reader().values(List.of(Map.of("a", "{{ .Values.b }}{{ env `PATH` }}")));
    assertThat(reader.parse(text, "c").env()).containsEntry("A", "{{ .Values.b }}{{ env `PATH` }}");
  }

  @Test
  @DisplayName("I7 problems of the rendered text have their places in the template")
  void problemsHaveTheirPlacesInTheTemplate() {
    String template =
        """
        {{- /* two lines
               of comment */ -}}
        kind: Cluster
        metadata: {name: {{ .Values.name }}}
        spec:
          {{- range .Values.ips }}
          comand: [{{ . }}]
          {{- end }}
          hosts:
            - ips: {{ toJson .Values.ips }}
              {{ if true }}rols{{ else }}roles{{ end }}: [master]
          {{- with "x" }}
          env: [A]
          {{- end }}
        """;
    ClusterfileReader reader = Clusterfiles.reader().set(List.of("name=X_Y", "ips={10.0.0.300}"));
    assertThat(problems(reader, template))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("Clusterfile:4:18: metadata.name: "),
            problem -> assertThat(problem).startsWith("Clusterfile:7:3: spec.comand: unknown"),
            problem -> assertThat(problem).contains("hosts"),
            problem -> assertThat(problem).contains("spec.hosts[0].roles: "),
            problem -> assertThat(problem).startsWith("Clusterfile:10:12: spec.hosts[0].ips[0]: "),
            problem -> assertThat(problem).startsWith("Clusterfile:11:20: spec.hosts[0].rols: "),
            problem -> assertThat(problem).startsWith("Clusterfile:13:9: spec.env[0]: "));
  }

  @Test
  @DisplayName("I7 where the place in the template cannot be known the message says so")
  void aPlaceThatCannotBeKnownIsSaidToBeOfTheRenderedText() {
    String template =
        "{{ if true }}\n\n{{ end }}kind: Cluster # \ue000\nmetadata: {name: c}\n"
            + "spec:\n  passwd: hunter2\n  hosts: [{ips: [10.0.0.1], roles: [master]}]\n";
    assertThat(problems(Clusterfiles.reader(), template))
        .containsExactly(
            "Clusterfile:6:3: spec.passwd: unknown field; the line is that of the rendered text,"
                + " which reads \"passwd: …\" (it belongs in ssh)");
  }

  @Test
  void whatIsWrongWithValuesNamesTheirFile() throws IOException {
    Path file = values("v.yaml", "a: 1\na: 2\nb: [x\n");
    ClusterfileReader reader =
        Clusterfiles.reader()
            .values(List.of(file, directory.resolve("gone.yaml"), bytes("- x"), bytes("a: {}")))
            .set(List.of("a[0]=hunter2"));
    assertThat(String.join("\n", problems(reader, TEMPLATE)))
        .contains(file + ":2:1: a: the key stands twice in one mapping")
        .contains(file + ":4:1: YAML syntax")
        .contains("gone.yaml: there is no such file")
        .contains("values 3:1:1: expected a mapping, found a list")
        .contains("set: a[0]: \"a\" is no list")
        .doesNotContain("hunter2");
  }

  @Test
  @DisplayName("I9 a values file by URL is refused and nothing is asked for")
  void aUrlIsRefusedAndNothingIsAskedFor() throws Exception {
    try (ServerSocket canary = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      String url = "http://user:hunter2@127.0.0.1:" + canary.getLocalPort() + "/values?key=hunter2";
      for (Object item :
          List.of(
              url,
              new StringBuilder(url),
              URI.create(url),
              URI.create(url).toURL(),
              new File(url),
              Path.of(url),
              url.replace("http", "HTTPS"),
              "file:///etc/hostname",
              "s3://bucket/values")) {
        assertThatThrownBy(() -> Clusterfiles.reader().values(List.of(item)))
            .as(item.toString())
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("nothing is fetched")
            .hasMessageContaining("://")
            .hasMessageNotContaining("hunter2");
      }
      canary.setSoTimeout(100);
      assertThatThrownBy(canary::accept).isInstanceOf(java.net.SocketTimeoutException.class);
    }
    assertThatThrownBy(() -> Clusterfiles.reader().values(List.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("I8 one reader reads in many threads at once")
  void oneReaderReadsInManyThreads() {
    ClusterfileReader reader = Clusterfiles.reader().setStrings(List.of("ssh.passwd=x"));
    List<String> names =
        IntStream.range(0, 1_000)
            .parallel()
            .mapToObj(
                i -> {
                  Cluster cluster =
                      reader
                          .set(List.of("name=c" + i, "ips={10.0.0.1}"))
                          .parse(TEMPLATE, "Clusterfile");
                  return cluster.name();
                })
            .toList();
    assertThat(names)
        .containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(i -> "c" + i).toList());
  }
}

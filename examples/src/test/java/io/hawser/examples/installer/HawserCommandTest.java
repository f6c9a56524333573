package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installer's exit status and messages, as its user meets them. */
class HawserCommandTest {
  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyProblemOfABadClusterfileIsListedBeforeAnyHostIsContacted() throws IOException {
    Path rootfs = Files.createDirectories(directory.resolve("rootfs/scripts")).getParent();
    Files.createDirectories(rootfs.resolve("etc"));
    Files.writeString(rootfs.resolve("etc/config.yml.tmpl"), "port: {{ .registryProt }}\n");
    Path file =
        write(
            """
            apiVersion: apps.sealos.io/v1beta1
            kind: Cluster
            metadata:
              name: broken
            spec:
              ssh:
                user: root
                passwrd: secret-word
              hosts:
              - ips: [192.0.2.1, "192.0.2.1:22"]
                roles: [masters]
              - ips: []
                roles: [node]
              - ips: ["192.0.2.3:99999"]
                roles: [registry]
            status:
              mounts:
              - name: missing
                type: rootfs
                imageName: missing:v1
                mountPoint: nowhere
              - name: here
                type: patch
                imageName: here:v1
                mountPoint: rootfs
                env:
                  registryPort: "5000"
                labels:
                  init: not-there.sh
            """);
    int status = run("apply", "-f", file.toString());
    assertThat(status).isEqualTo(2);
    assertThat(out.toString()).as("no phase began").isEmpty();
    assertThat(err.toString())
        .contains("Clusterfile:8:5: spec.ssh.passwrd", "passwd")
        .contains("Clusterfile:10:", "192.0.2.1:22")
        .contains("Clusterfile:11:", "masters", "master")
        .contains("Clusterfile:12:")
        .contains("99999")
        .contains("no host has the role master")
        .contains("nowhere")
        .contains("not-there.sh")
        .contains("config.yml.tmpl:1", "registryProt", "registryPort")
        .doesNotContain("secret-word");
  }

  @Test
  void aMissingClusterfileAndAWrongOptionAreBadInput() {
    assertThat(run("plan", "-f", directory.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none");
    assertThat(run("plan")).isEqualTo(2);
    assertThat(run("aply", "-f", "x")).isEqualTo(2);
    assertThat(run("plan", "-f", "x", "--mode", "unsafe")).isEqualTo(2);
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBeforeAnyHostIsContacted() throws IOException {
    Path file = write(oneHost());
    assertThat(run("apply", "-f", file.toString(), "--report", "/nowhere/report.json"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--report /nowhere/report.json", "/nowhere is not");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void resetNeedsTheImagesNoMore() throws IOException {
    Path file = write(oneHost());
    String gone = directory.resolve("gone").toString();
    assertThat(run("plan", "-f", file.toString(), "--image", gone)).isEqualTo(2);
    assertThat(run("reset", "--yes", "-f", file.toString(), "--image", gone)).isEqualTo(1);
    assertThat(out.toString()).contains("127.0.0.1", "refused");
  }

  @Test
  void valuesAreFilledInAndWhatIsIgnoredLenientlyIsShown() throws IOException {
    Path file =
        write(
            oneHost()
                .replace("127.0.0.1", "{{ .Values.ip }}")
                .replace("passwd: x", "passwd: {{ .Values.ssh.passwd }}, prot: 1"));
    Path values =
        Files.writeString(directory.resolve("values.yaml"), "ip: 127.0.0.9\nssh: {passwd: word}\n");
    String[] reset = {
      "reset", "-y", "-f", file.toString(), "--values", values.toString(), "--set", "ip=127.0.0.1"
    };
    assertThat(run(reset)).isEqualTo(2);
    assertThat(err.toString()).contains("Clusterfile:4:", "spec.ssh.prot: unknown field");
    String[] lenient = Arrays.copyOf(reset, reset.length + 1);
    lenient[reset.length] = "--lenient";
    assertThat(run(lenient)).isEqualTo(1);
    assertThat(err.toString()).contains("warning: " + file + ":4:").doesNotContain("word");
    assertThat(out.toString()).contains("127.0.0.1", "refused");
    assertThat(run("plan", "-f", file.toString(), "--values", "http://127.0.0.1:1/v")).isEqualTo(2);
    assertThat(err.toString()).contains("values http://127.0.0.1:1…: nothing is fetched");
  }

  @Test
  void explainEnvShowsEachValueWithItsSourceAndNoSecret() throws IOException {
    Path file = write(oneHost().replace("hosts:", "env: [a=1, registryPassword=hunter]\n  hosts:"));
    Path report = directory.resolve("env.json");
    String[] call = {
      "explain-env", "-f", file.toString(), "-e", "a=2", "-e", "b=3", "--report", report.toString()
    };
    assertThat(run(call)).isZero();
    assertThat(out.toString())
        .contains("environment of 127.0.0.1", "beats call: 2", "******")
        .containsPattern("a +spec.env +1\n")
        .containsPattern("b +call +3\n")
        .doesNotContain("hunter");
    assertThat(Files.readString(report))
        .contains("\"source\": \"spec.env\"")
        .doesNotContain("hunter");
    assertThat(run("explain-env", "-f", file.toString(), "--env-wins", "-e", "a=2", "127.0.0.1"))
        .isZero();
    assertThat(out.toString()).containsPattern("a +call +2\n");
    assertThat(run("explain-env", "-f", file.toString(), "127.0.0.9")).isEqualTo(2);
    assertThat(err.toString()).contains("no host 127.0.0.9");
    assertThat(run("plan", "-f", file.toString(), "-e", "hunter")).isEqualTo(2);
    assertThat(err.toString()).contains("--env takes NAME=VALUE").doesNotContain("hunter");
  }

  /** A host of this machine on whose port nobody listens. */
  private static String oneHost() {
    return """
        kind: Cluster
        metadata: {name: one}
        spec:
          ssh: {passwd: x, port: 1}
          hosts: [{ips: [127.0.0.1], roles: [master]}]
        """;
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("run", "add", "remove", "plan", "preflight", "apply", "verify", "audit")
        .contains("repair", "reset", "list", "explain-env");
  }

  /** Were it not refused, the installer would change this machine: it knows nothing of the root. */
  @Test
  void aHostThatLivesBelowARootIsRefusedByAnInstallerThatDoesNotKnowIt() throws IOException {
    try (EmbeddedHosts hosts = EmbeddedHosts.start(2)) {
      Path file =
          write(
              hosts.clusterfileText(
                  "embedded",
                  List.of(SampleImages.of(1).writeRootfs(directory.resolve("image"))),
                  "master",
                  "node"));
      Path report = directory.resolve("report.json");
      int status =
          run(
              "preflight",
              "-f",
              file.toString(),
              "--known-hosts",
              hosts.hostKeys().toString(),
              "--report",
              report.toString());
      assertThat(status).isEqualTo(1);
      assertThat(out.toString()).contains("root is " + hosts.root(0));
      assertThat(Files.readString(report)).contains("\"succeeded\": false");
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("Clusterfile"), text);
  }

  private int run(String... arguments) {
    return HawserCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }
}

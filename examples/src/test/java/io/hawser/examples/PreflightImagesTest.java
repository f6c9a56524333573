package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.FIRST;
import static io.hawser.examples.LookedAtCluster.assertFindings;
import static io.hawser.examples.LookedAtCluster.findings;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.registry.RegistryMode;
import io.hawser.report.Report;
import io.hawser.report.Status;
import io.hawser.ssh.mock.MockSsh;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What preflight finds in the Clusterfile and in the images, before it depends on any host. */
class PreflightImagesTest {
  @TempDir Path directory;

  @Test
  @DisplayName("D8 artifacts that are not whole are found in the source tree")
  void damagedArtifactsAreFound() throws IOException {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    Path blob = largest(directory.resolve("registry/docker/registry/v2/blobs/sha256"));
    byte[] bytes = Files.readAllBytes(blob);
    bytes[0] ^= 1;
    Files.write(blob, bytes);
    assertFindings(hosts.preflight());
    Report whole = hosts.bootstrap().checkEveryByte(true).build().preflight();
    assertThat(findings(whole))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).contains(" source FAILED: ", blob + " is damaged"));

    Files.delete(blob);
    assertThat(findings(hosts.preflight()))
        .hasSize(2)
        .allSatisfy(row -> assertThat(row).contains(" source FAILED: the images hold damaged"));
  }

  private static Path largest(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .max(Comparator.comparing(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  @Test
  void scriptsAndTemplatesOfTheImageAreLookedAt() throws IOException {
    LookedAtCluster hosts = new LookedAtCluster(directory);
    Files.delete(directory.resolve("scripts").resolve(script(hosts.cluster, "init")));
    assertThat(findings(hosts.preflight()))
        .hasSize(4)
        .allSatisfy(row -> assertThat(row).contains(" scripts FAILED: label init names scripts/"));
    Files.writeString(
        directory.resolve("scripts").resolve(script(hosts.cluster, "init")), "#!/bin/sh\n");
    Path etc = Files.createDirectories(directory.resolve("etc"));
    Files.writeString(etc.resolve("some.conf.tmpl"), "{{ .nobodyGivesThis }}");
    assertThat(findings(hosts.preflight()))
        .filteredOn(row -> row.contains(" images "))
        .hasSize(4)
        .allSatisfy(row -> assertThat(row).contains("FAILED", "nobodyGivesThis"));
  }

  private static String script(Cluster cluster, String label) {
    return cluster.labelled(label).orElseThrow().script(label).orElseThrow().split(" ", -1)[0];
  }

  @Test
  void twoMastersAndTwoFamiliesAreWarnings() {
    Cluster even =
        Cluster.named("looked-at")
            .hosts(
                Host.at(FIRST).roles(Role.MASTER, Role.REGISTRY).build(),
                Host.at("fd00::2").roles(Role.MASTER).build())
            .mount(SampleImages.of(1).writeRootfs(directory))
            .build();
    MockSsh ssh = MockSsh.create();
    LookedAtCluster.mount(even, ssh);
    assertThat(
            findings(Bootstraps.builder(even, ssh).secrets(new KnownSecrets()).build().preflight()))
        .contains(
            FIRST
                + " input WARNING: 2 masters bear the loss of no more of them than 1 do; some hosts"
                + " are named by IPv4 and others by IPv6 addresses");
  }

  @Test
  void theKnownPasswordOfModeSealosIsAWarningAndEnvThatDoesNotCountIsToo() {
    LookedAtCluster hosts = new LookedAtCluster(directory, Map.of("SEALOS_SYS_X", "1"));
    Report report = hosts.bootstrap().mode(RegistryMode.SEALOS).build().preflight();
    Map<String, Integer> steps = new LinkedHashMap<>();
    report.results().stream()
        .filter(row -> row.status() != Status.OK)
        .forEach(row -> steps.merge(row.step() + " " + row.status(), 1, Integer::sum));
    assertThat(steps).containsEntry("registry login WARNING", 2).containsEntry("env WARNING", 4);
  }
}

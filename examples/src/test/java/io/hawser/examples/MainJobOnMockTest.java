package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.FilesystemException;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job without a network: what a user of the library sees. */
class MainJobOnMockTest {
  @TempDir Path directory;

  @Test
  void everythingComesUpOnceAndGoesAwayWithoutATrace() {
    MockedCluster mocked = new MockedCluster(directory);
    Map<String, List<String>> before = mocked.paths();
    run(mocked);
    assertThat(mocked.ssh.files("10.0.0.4").text("/etc/hosts"))
        .contains("10.0.0.1 sealos.hub", "10.0.0.2 sealos.hub", "10.0.0.3 sealos.hub");
    assertThat(mocked.ssh.files("10.0.0.3").exists("/etc/initialised")).isFalse();
    assertThat(mocked.ssh.files("10.0.0.5").text("/etc/initialised")).isEqualTo("yes");

    mocked.bootstrap().reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void aSecondRunChangesNothingAndItsPlanIsEmpty() {
    MockedCluster mocked = new MockedCluster(directory);
    assertThat(mocked.bootstrap().plan().hasChanges()).isTrue();
    run(mocked);
    assertThat(mocked.bootstrap().plan().toTable()).startsWith("nothing to change");
    Map<String, List<String>> between = mocked.paths();
    assertThat(mocked.filesystem().mountRootfs(MockedCluster.HOSTS).changed()).isFalse();
    assertThat(mocked.bootstrap().init().changed()).isFalse();
    assertThat(mocked.bootstrap().applyExternalDeps().changed()).isFalse();
    assertThat(mocked.paths()).isEqualTo(between);
  }

  /** Prints how long it took; the first run in a JVM is left out, since that loads classes. */
  @Test
  void theWholeFlowIsTheSameEveryTime() {
    MockedCluster warm = new MockedCluster(directory.resolve("warm"));
    run(warm);
    MockedCluster mocked = new MockedCluster(directory.resolve("measured"));
    Map<String, List<String>> before = mocked.paths();
    Instant start = Instant.now();
    run(mocked);
    Map<String, List<String>> after = mocked.paths();
    mocked.bootstrap().reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    System.out.println("the main job on MockSsh: " + Duration.between(start, Instant.now()));
    assertThat(after).isEqualTo(warm.paths());
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void anEmptyCollectionOrArrayMeansNoHost() {
    MockedCluster mocked = new MockedCluster(directory);
    run(mocked);
    int commands = mocked.ssh.transcript().size();
    Bootstrap bootstrap = mocked.bootstrap();
    assertThat(bootstrap.reset(List.of()).isEmpty()).isTrue();
    assertThat(bootstrap.reset(new String[0]).isEmpty()).isTrue();
    assertThat(bootstrap.preflight(List.of()).isEmpty()).isTrue();
    assertThat(bootstrap.init(List.of()).isEmpty()).isTrue();
    assertThat(bootstrap.applyExternalDeps(List.of()).isEmpty()).isTrue();
    assertThat(mocked.filesystem().unMountRootfs(List.of()).isEmpty()).isTrue();
    assertThat(mocked.ssh.transcript()).hasSize(commands);
  }

  @Test
  void oneBadHostIsARowAndTheOthersProceed() {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.ssh.unreachable("10.0.0.2");
    mocked.ssh.refuseLogin("10.0.0.5");
    Report preflight = mocked.bootstrap().preflight();
    assertThat(preflight.failures())
        .extracting(HostResult::host)
        .containsExactlyInAnyOrder("10.0.0.2", "10.0.0.5");
    assertThat(preflight.failures()).allMatch(row -> row.hint() != null);
    assertThatThrownBy(() -> mocked.filesystem().mountRootfs(MockedCluster.HOSTS))
        .isInstanceOf(FilesystemException.class);
    assertThatThrownBy(mocked.bootstrap()::init)
        .isInstanceOfSatisfying(
            BootstrapException.class,
            e -> {
              assertThat(e.report().results("10.0.0.1")).allMatch(row -> !row.status().isFailure());
              assertThat(e.report().results("10.0.0.4")).allMatch(row -> !row.status().isFailure());
            });
    assertThat(mocked.ssh.files("10.0.0.4").text("/etc/hosts"))
        .as("a registry that was not proven is not shown to nodes")
        .contains("10.0.0.1 sealos.hub", "10.0.0.3 sealos.hub")
        .doesNotContain("10.0.0.2 sealos.hub");
  }

  @Test
  void aRegistryThatIsLeftOutOfTheCallAndNotProvenIsNotShownToNodes() {
    MockedCluster mocked = new MockedCluster(directory);
    mocked.ssh.unreachable("10.0.0.2");
    List<String> able = List.of("10.0.0.1", "10.0.0.3", "10.0.0.4", "10.0.0.5");
    mocked.filesystem().mountRootfs(able);
    Report init = mocked.bootstrap().init(able);
    assertThat(init.results("10.0.0.2"))
        .singleElement()
        .satisfies(row -> assertThat(row.status()).isEqualTo(Status.WARNING));
    assertThat(mocked.ssh.files("10.0.0.4").text("/etc/hosts"))
        .contains("10.0.0.1 sealos.hub")
        .doesNotContain("10.0.0.2 sealos.hub");

    mocked.ssh.heal("10.0.0.2");
    mocked.filesystem().mountRootfs(List.of("10.0.0.2"));
    mocked.bootstrap().init("10.0.0.2");
    mocked.bootstrap().init("10.0.0.4");
    assertThat(mocked.ssh.files("10.0.0.4").text("/etc/hosts"))
        .as("a registry that proves itself is shown, though the call leaves it alone")
        .contains("10.0.0.2 sealos.hub");
  }

  @Test
  void aNodeWithoutAnyProvenRegistryIsARowThatSaysWhereToLook() {
    MockedCluster mocked = new MockedCluster(directory);
    assertThatThrownBy(() -> mocked.bootstrap().init("10.0.0.4"))
        .isInstanceOf(BootstrapException.class)
        .hasMessageContaining("10.0.0.4: names: no registry is proven to serve");
    assertThat(mocked.ssh.files("10.0.0.4").exists("/etc/hawser")).isFalse();
  }

  @Test
  void nodesForgetTheRegistriesBeforeAnyRegistryGoes() {
    MockedCluster mocked = new MockedCluster(directory);
    run(mocked);
    Report reset = mocked.bootstrap().reset();
    assertThat(reset.results("10.0.0.4"))
        .filteredOn(row -> row.step().equals("withdraw"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row.details())
                    .anyMatch(line -> line.contains("/etc/hosts"))
                    .anyMatch(line -> line.contains("hosts.toml")));
    List<String> steps = reset.results().stream().map(HostResult::step).toList();
    assertThat(steps.lastIndexOf("withdraw")).isLessThan(steps.indexOf("reset"));
  }

  @Test
  @DisplayName("F10 reset goes on when a host is down, and the next finishes that host")
  void aHostThatIsDownDuringResetIsFinishedByTheNextReset() {
    MockedCluster mocked = new MockedCluster(directory);
    Map<String, List<String>> before = mocked.paths();
    run(mocked);
    mocked.ssh.unreachable("10.0.0.3");
    assertThatThrownBy(mocked.bootstrap()::reset)
        .isInstanceOf(BootstrapException.class)
        .hasMessageContaining("10.0.0.3");
    assertThat(mocked.paths().get("10.0.0.4"))
        .as("the others are reset")
        .noneMatch(path -> path.contains("/etc/hawser") || path.contains("/etc/initialised"));
    mocked.ssh.heal("10.0.0.3");
    mocked.bootstrap().reset();
    mocked.filesystem().unMountRootfs(MockedCluster.HOSTS);
    assertThat(mocked.paths()).isEqualTo(before);
  }

  @Test
  void theRootfsStaysWhileItsScriptsAreNotUndone() {
    MockedCluster mocked = new MockedCluster(directory);
    run(mocked);
    assertThatThrownBy(() -> mocked.filesystem().unMountRootfs(List.of("10.0.0.4")))
        .isInstanceOf(FilesystemException.class)
        .hasMessageContaining("reset the host first");
  }

  @Test
  void theCallsOfTheProposalWorkInItsOwnOrder() {
    MockedCluster mocked = new MockedCluster(directory);
    new ProposalCaller(mocked.filesystem(), mocked.bootstrap()).run(MockedCluster.HOSTS);
    assertThat(mocked.ssh.files("10.0.0.1").exists("/etc/initialised")).isFalse();
  }

  @Test
  void reportsAndPlansAreSerialisable() throws IOException, ClassNotFoundException {
    MockedCluster mocked = new MockedCluster(directory);
    assertThat(copy(mocked.bootstrap().plan()).toString())
        .isEqualTo(mocked.bootstrap().plan().toString());
    Report report = mocked.filesystem().mountRootfs(MockedCluster.HOSTS);
    assertThat(copy(report).toString()).isEqualTo(report.toString());
  }

  @Test
  void noSecretStandsInPlanReportOrTranscript() {
    MockedCluster mocked = new MockedCluster(directory);
    StringBuilder shown = new StringBuilder(mocked.bootstrap().plan().toJson());
    shown.append(mocked.filesystem().mountRootfs(MockedCluster.HOSTS).toJson());
    shown.append(mocked.bootstrap().preflight().toJson());
    shown.append(mocked.bootstrap().init().toJson());
    shown.append(mocked.bootstrap().applyExternalDeps().toJson());
    shown.append(mocked.bootstrap().plan().toJson());
    shown.append(mocked.ssh.transcript());
    assertThat(mocked.secrets.values()).hasSizeGreaterThanOrEqualTo(3);
    for (String secret : mocked.secrets.values()) {
      assertThat(shown).doesNotContain(secret.strip());
      assertThat(shown).doesNotContain(base64(secret.strip()));
      assertThat(shown).doesNotContain(base64("admin:" + secret.strip()));
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void run(MockedCluster mocked) {
    Filesystem filesystem = mocked.filesystem();
    Bootstrap bootstrap = mocked.bootstrap();
    assertThat(bootstrap.preflight().succeeded()).isTrue();
    filesystem.mountRootfs(MockedCluster.HOSTS);
    assertThat(bootstrap.preflight().results("10.0.0.1"))
        .anyMatch(row -> row.step().equals("check") && row.status() == Status.OK);
    Report init = bootstrap.init();
    assertThat(init.results()).filteredOn(row -> row.step().equals("audit")).hasSize(3);
    assertThat(init.succeeded()).isTrue();
    bootstrap.applyExternalDeps();
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}

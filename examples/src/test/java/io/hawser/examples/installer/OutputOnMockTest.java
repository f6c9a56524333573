package io.hawser.examples.installer;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.host.ClusterLock;
import io.hawser.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs read of the installer, exit statuses, and the registries' commands. */
class OutputOnMockTest {
  private static final String STORAGE =
      "/var/lib/sealos/data/default/registry/docker/registry/v2/blobs/sha256";

  @TempDir Path directory;
  private MockedInstaller installer;

  @BeforeEach
  void bringUp() throws IOException {
    installer = new MockedInstaller(directory);
    Path key = Files.writeString(directory.resolve("id"), "any key will do\n");
    Object[] run = {
      "run",
      installer.image,
      "-i",
      key,
      "-m",
      "10.0.0.1",
      "-n",
      "10.0.0.3",
      "-r",
      "10.0.0.1-10.0.0.2"
    };
    assertThat(installer.run(run)).as(installer.out + installer.err).isZero();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> document(int expected, Object... command) {
    assertThat(installer.run(command)).as(installer.out + installer.err).isEqualTo(expected);
    return (Map<String, Object>) JsonText.parse(installer.out);
  }

  @Test
  void everyCommandPrintsOneDocumentOnStdoutAndNothingElse() {
    assertThat(document(0, "apply", "--json")).containsKeys("formatVersion", "results", "changed");
    assertThat(installer.err).contains("== preflight", "nothing had to change");
    assertThat(document(0, "plan", "--json")).containsKey("formatVersion");
    assertThat(document(0, "preflight", "--json")).containsKey("results");
    assertThat(document(0, "verify", "--json")).containsKey("results");
    assertThat(document(0, "audit", "--json")).containsEntry("clean", "true");
    assertThat(document(0, "repair", "--json")).containsKey("results");
    assertThat(installer.run("explain-env", "--json")).isZero();
    assertThat(JsonText.parse(installer.out)).isInstanceOf(List.class);
    assertThat(document(0, "list", "--json")).containsKey("clusters");
    assertThat(document(0, "add", "--json", "-n", "10.0.0.4", "--dry-run"))
        .containsKey("formatVersion");
    assertThat(document(0, "add", "--json", "-n", "10.0.0.4")).containsKey("results");
    assertThat(document(0, "remove", "--json", "-y", "-n", "10.0.0.4")).containsKey("results");
    assertThat(document(2, "reset", "--json"))
        .containsEntry("exitStatus", "2")
        .extractingByKey("error")
        .asString()
        .contains("--yes");
    assertThat(document(0, "reset", "--json", "--yes")).containsKey("results");
  }

  @Test
  void quietPrintsOnlyWhatFailed() {
    assertThat(installer.run("apply", "--quiet")).isZero();
    assertThat(installer.out + installer.err).isEmpty();
    installer.ssh.unreachable("10.0.0.3");
    assertThat(installer.run("apply", "-q")).isEqualTo(1);
    assertThat(installer.out).isEmpty();
    assertThat(installer.err).contains("== preflight", "10.0.0.3").doesNotContain("10.0.0.1 ");
  }

  @Test
  void aRunBesideAnotherEndsWithItsOwnStatus() {
    Cluster cluster = installer.cluster();
    try (ClusterLock lock = ClusterLock.take(installer.ssh.client(), cluster, cluster.hosts())) {
      assertThat(lock).isNotNull();
      assertThat(document(4, "apply", "--json"))
          .extractingByKey("error")
          .asString()
          .contains("is locked by");
      assertThat(installer.run("audit")).as("what only reads").isZero();
    }
    assertThat(installer.run("apply")).isZero();
  }

  @Test
  @DisplayName("an interrupted run says what is left and what to do, and the next one finishes")
  void anInterruptionEndsWithItsOwnStatus() {
    Thread worker = Thread.currentThread();
    installer
        .ssh
        .when("10.0.0.4", "init")
        .effect((files, units) -> worker.interrupt())
        .answer(0, "", "");
    assertThat(installer.run("add", "-n", "10.0.0.4")).isEqualTo(130);
    assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
    assertThat(installer.err)
        .contains("Interrupted", "Run the same command again", "hawser reset --cluster default");
    assertThat(installer.cluster().hosts()).as("known, since something lies there").hasSize(4);
    installer.ssh.when("10.0.0.4", "init").answer(0, "", "");
    assertThat(installer.run("add", "-n", "10.0.0.4")).as(installer.out).isZero();
    assertThat(installer.run("plan")).isZero();
    assertThat(installer.out).contains("nothing to change");
  }

  @Test
  void aDamagedBlobIsFoundNamedAndRepaired() {
    String blob =
        installer.ssh.files("10.0.0.2").paths(STORAGE).stream()
            .filter(path -> path.endsWith("/data"))
            .findFirst()
            .orElseThrow();
    installer.ssh.files("10.0.0.2").write(blob, "other bytes");
    assertThat(document(1, "audit", "--json"))
        .containsEntry("clean", "false")
        .extractingByKey("findings")
        .asString()
        .contains("10.0.0.2", "repairable=true", blob.substring(blob.indexOf("/docker/") + 1));
    assertThat(installer.run("audit")).isEqualTo(1);
    assertThat(installer.out).contains("1 to repair: hawser repair --cluster default");
    assertThat(installer.run("repair")).isZero();
    assertThat(installer.run("audit")).isZero();
    assertThat(installer.out).contains("every registry holds everything");
  }

  @Test
  void resetAsksSaysWhatItDoesAndTakesEverythingBack() {
    assertThat(installer.run("reset")).isEqualTo(2);
    assertThat(installer.out).contains("10.0.0.2:22  registry", "its journal lists");
    assertThat(installer.err).contains("say --yes");
    assertThat(installer.serves("10.0.0.1")).isTrue();
    installer.interactive = true;
    installer.typed.add("y");
    assertThat(installer.run("reset")).isZero();
    assertThat(installer.ssh.files("10.0.0.1").paths()).noneMatch(path -> path.contains("hawser"));
    assertThat(installer.saved()).as("for another apply").exists();
  }

  @Test
  void everyCommandHasHelpAndTheExitStatusesAreInIt() {
    for (String command :
        List.of(
            "run",
            "add",
            "remove",
            "plan",
            "preflight",
            "apply",
            "verify",
            "audit",
            "repair",
            "reset",
            "list",
            "explain-env")) {
      assertThat(installer.run(command, "--help")).isZero();
      assertThat(installer.out).contains("Usage: hawser " + command, "--json", "130 interrupted");
    }
  }
}

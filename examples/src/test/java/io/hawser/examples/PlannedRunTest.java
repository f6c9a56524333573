package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlanDifference;
import io.hawser.bootstrap.PlanRefusedException;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.EnvOrder;
import io.hawser.registry.RegistryLogins;
import io.hawser.report.Report;
import io.hawser.ssh.mock.MemoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept plan is carried out as it is, or not at all. */
class PlannedRunTest {
  private static final String CONFIG = "/etc/hawser/mocked/";
  private static final String UNIT = "/etc/systemd/system/hawser-registry-mocked.service";
  private static final String TAGS =
      "/var/lib/sealos/data/mocked/registry/docker/registry/v2/repositories/sample/app-0/_manifests/tags/";

  @TempDir private Path directory;
  private MockedCluster mocked;

  @BeforeEach
  void makeCluster() {
    mocked = new MockedCluster(directory);
  }

  /** A plan that went through a file. */
  private Plan kept() {
    return Plan.fromJson(mocked.bootstrap().plan().toJson());
  }

  private PlannedRun run(Plan plan) {
    return PlannedRun.of(plan, mocked.bootstrap(), mocked.filesystem());
  }

  /** A plan on hosts that are as wanted but for one small thing. */
  private Plan small() {
    run(kept()).apply();
    file("10.0.0.1").remove("/etc/hawser/registry-ca/sealos.hub-5000.pem");
    Plan plan = kept();
    assertThat(plan.items().stream().flatMap(item -> item.changes().stream()))
        .filteredOn(change -> change.isChange())
        .hasSize(1);
    return plan;
  }

  private MemoryFiles file(String host) {
    return mocked.ssh.files(host);
  }

  private List<PlanDifference> refused(Plan plan) {
    return refused(run(plan));
  }

  /** Every file of every host is as before, and nothing but questions went to any. */
  private List<PlanDifference> refused(PlannedRun run) {
    Map<String, String> before = contents();
    int commands = mocked.ssh.transcript().size();
    PlanRefusedException refusal = catchThrowableOfType(PlanRefusedException.class, run::apply);
    assertThat(refusal)
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining("new plan");
    assertThat(contents()).isEqualTo(before);
    assertThat(mocked.ssh.transcript().subList(commands, mocked.ssh.transcript().size()))
        .allMatch(
            call -> call.command().matches("hawser-agent (lock|facts|read|list|journal|check) .*"));
    assertThat(run.differences()).isEqualTo(refusal.differences());
    refusal.differences().stream()
        .limit(20)
        .forEach(difference -> assertThat(refusal).hasMessageContaining(difference.toString()));
    return refusal.differences();
  }

  private Map<String, String> contents() {
    Map<String, String> contents = new TreeMap<>();
    for (String host : MockedCluster.HOSTS) {
      for (String path : file(host).paths()) {
        boolean isFile = !file(host).isDirectory(path) && file(host).exists(path);
        contents.put(
            host + path,
            isFile ? file(host).mode(path) + HexFormat.of().formatHex(file(host).bytes(path)) : "");
      }
    }
    return contents;
  }

  @Test
  void aPlanIsCarriedOutAndTheNextIsEmpty() {
    Plan plan = kept();
    assertThat(run(plan).differences()).isEmpty();
    Report report = run(plan).apply();
    assertThat(report.succeeded()).isTrue();
    assertThat(report.results().stream().map(row -> row.step()))
        .contains("mount", "distribute", "registry", "audit", "ready", "init", "endpoints");
    assertThat(kept().hasChanges()).isFalse();
    assertThat(run(kept()).apply().changed()).isFalse();
    assertThat(refused(plan))
        .as("what is done already is not what was planned")
        .anyMatch(one -> one.message().contains("nothing of this is to be done any more"));
  }

  @Test
  void aFileThatSomebodyEditedIsNamedWithWhatItWasAndIs() {
    Plan plan = kept();
    file("10.0.0.4").write("/etc/hosts", "10.9.9.9 theirs\n");
    assertThat(refused(plan))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.host()).isEqualTo("10.0.0.4");
              assertThat(one.step()).isEqualTo("names");
              assertThat(one.target()).isEqualTo("/etc/hosts");
              assertThat(one.message())
                  .startsWith("is not what it was: was nothing, is 0644 16 bytes");
            });
    file("10.0.0.4").remove("/etc/hosts");
    assertThat(run(plan).apply().succeeded()).isTrue();
  }

  @Test
  void anEditOfAConfidentialFileIsSeenAndNotShown() {
    file("10.0.0.2")
        .write(CONFIG + "registry_htpasswd", "a:word\n")
        .mode(CONFIG + "registry_htpasswd", 0600);
    Plan plan = kept();
    file("10.0.0.2")
        .write(CONFIG + "registry_htpasswd", "b:word\n")
        .mode(CONFIG + "registry_htpasswd", 0600);
    assertThat(refused(plan))
        .anySatisfy(
            one -> {
              assertThat(one.toString())
                  .startsWith(
                      "10.0.0.2: registry: "
                          + CONFIG
                          + "registry_htpasswd: is not what it was when");
              assertThat(one.toString()).doesNotContain("word");
            });
  }

  @Test
  void aServiceThatSomebodyChangedOrStoppedIsNamed() {
    Plan plan = small();
    String unit = file("10.0.0.3").text(UNIT);
    file("10.0.0.3").write(UNIT, unit + "# theirs\n");
    assertThat(refused(plan))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.toString())
                    .startsWith(
                        "10.0.0.3: registry: hawser-registry-mocked.service: was not planned"));
    file("10.0.0.3").write(UNIT, unit);
    assertThat(run(plan).differences()).isEmpty();
  }

  @Test
  void anImageThatIsGoneOrReplacedIsNamedAndOneThatIsOnlyAddedIsNot() {
    Plan plan = small();
    MemoryFiles files = file("10.0.0.2");
    String link = files.text(TAGS + "v1/current/link");
    files.write(TAGS + "theirs/current/link", link);
    assertThat(run(plan).differences()).as("what others push stays").isEmpty();
    files.write(TAGS + "v1/current/link", "sha256:" + "0".repeat(64));
    assertThat(refused(plan))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.toString())
                    .startsWith("10.0.0.2: distribute: ")
                    .contains("would be done now", "1 files, 71 bytes"));
    files.remove(TAGS + "v1/current/link");
    assertThat(refused(plan)).extracting(PlanDifference::step).containsOnly("distribute");
    files.write(TAGS + "v1/current/link", link);
    assertThat(run(plan).apply().succeeded()).isTrue();
  }

  @Test
  void aHostThatIsNotReachedAnyMoreIsNamedOnce() {
    Plan plan = kept();
    mocked.ssh.unreachable("10.0.0.5");
    assertThat(refused(plan))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.toString())
                    .startsWith("10.0.0.5: mount: this cannot be looked at any more: "));
    mocked.ssh.heal("10.0.0.5");
    assertThat(run(plan).differences()).isEmpty();
  }

  @Test
  void aPlanThatWasNotCompleteIsNotCarriedOut() {
    mocked.ssh.unreachable("10.0.0.5");
    Plan plan = kept();
    mocked.ssh.heal("10.0.0.5");
    assertThat(refused(plan).get(0).toString())
        .startsWith("10.0.0.5: mount: the plan is not complete, since there was a problem: ");
  }

  @Test
  void imagesAndOptionsThatAreOthersThanThoseOfThePlanAreNamed() throws IOException {
    Plan plan = kept();
    Path rootfs = mocked.cluster.rootfs().orElseThrow().mountPoint();
    Files.writeString(rootfs.resolve("bin/sample-tool"), "#!/bin/sh\necho 2\n");
    assertThat(refused(plan)).hasSize(5).extracting(PlanDifference::step).containsOnly("mount");
    Bootstrap other =
        Bootstraps.builder(
                mocked.cluster.withCallEnv(Map.of("A", "1"), EnvOrder.CALL_WINS), mocked.ssh)
            .secrets(mocked.secrets)
            .build();
    assertThat(refused(PlannedRun.of(plan, other, mocked.filesystem())))
        .extracting(PlanDifference::step)
        .contains("init");
    RegistryLogins.renewPassword(mocked.secrets, mocked.cluster);
    assertThat(refused(plan)).extracting(PlanDifference::step).contains("registry", "endpoints");
  }

  @Test
  void aPlanOfAnotherClusterOrOtherHostsOrSecretsIsRefusedAsAWhole() {
    Plan plan = kept();
    assertThat(refused(Plan.fromJson(plan.toJson().replace("\"mocked\"", "\"other\""))))
        .singleElement()
        .asString()
        .isEqualTo("it is for another cluster than mocked");
    assertThat(refused(Plan.fromJson(plan.toJson().replace("10.0.0.5:22", "10.0.0.6:22"))))
        .singleElement()
        .asString()
        .contains("10.0.0.6:22", "10.0.0.5:22");
    Bootstrap strangers =
        Bootstraps.builder(mocked.cluster, mocked.ssh).secrets(new KnownSecrets()).build();
    assertThat(refused(PlannedRun.of(plan, strangers, mocked.filesystem())))
        .singleElement()
        .asString()
        .contains("other secrets of the cluster");
  }

  @Test
  void aPlanWhoseWordsSomebodyChangedIsRefused() {
    String json = kept().toJson();
    assertThat(
            refused(
                Plan.fromJson(
                    json.replaceFirst("10\\.0\\.0\\.1 sealos\\.hub", "10.0.0.9 sealos.hub"))))
        .singleElement()
        .asString()
        .endsWith("the words of the plan were changed after it was made");
    assertThat(refused(Plan.fromJson(json.replaceFirst("systemctl enable", "systemctl disable"))))
        .hasSize(1);
    String item = json.substring(json.indexOf("{\n      \"step\": \"init\""));
    String without =
        json.replace(item.substring(0, item.indexOf("    {\n      \"step\"")) + "    ", "");
    assertThat(refused(Plan.fromJson(without)))
        .singleElement()
        .satisfies(one -> assertThat(one.message()).startsWith("was not planned"));
  }
}

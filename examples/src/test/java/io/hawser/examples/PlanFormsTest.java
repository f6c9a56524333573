package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.cluster.EnvOrder;
import io.hawser.host.PlannedChange;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.RegistryMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A plan says the same in every form in which it can be kept, and no secret in any. */
class PlanFormsTest {
  @TempDir private Path directory;
  private PlannedHosts hosts;

  @BeforeEach
  void makeCluster() {
    hosts = new PlannedHosts(directory);
  }

  @Test
  void aPlanIsTheSameEachTimeAndAfterEveryFormInWhichItIsKept() throws Exception {
    Plan plan = hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh).plan();
    assertThat(hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh).plan())
        .isEqualTo(plan)
        .hasSameHashCodeAs(plan);
    assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
    assertThat(Plan.fromJson(new StringBuilder(plan.toJson())).toJson()).isEqualTo(plan.toJson());
    assertThat(copy(plan)).isEqualTo(plan);
    hosts.mocked.ssh.unreachable("10.0.0.5");
    Plan incomplete = hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh).plan();
    assertThat(incomplete.hasProblems()).isTrue();
    assertThat(Plan.fromJson(incomplete.toJson())).isEqualTo(incomplete).isNotEqualTo(plan);
  }

  private static Plan copy(Plan plan) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    byte[] kept = bytes.toByteArray();
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(kept))) {
      return (Plan) in.readObject();
    }
  }

  @Test
  void aStoreOfSecretsThatCannotBeReadIsARowOfEachHost() {
    ClusterSecrets broken = Mockito.mock(ClusterSecrets.class);
    Mockito.when(broken.get(Mockito.any(), Mockito.any()))
        .thenThrow(new UncheckedIOException(new IOException("the store is broken")));
    Plan plan =
        Bootstraps.builder(hosts.mocked.cluster, hosts.mocked.ssh).secrets(broken).build().plan();
    assertThat(plan.items())
        .extracting(Plan.Item::problem)
        .filteredOn(problem -> problem != null && problem.contains("the store is broken"))
        .hasSizeGreaterThanOrEqualTo(5);
    assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
  }

  /** JSON is YAML, whose reader knows nothing of plans. */
  @Test
  void anotherParserReadsTheSame() {
    Plan plan = hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh).plan();
    Map<?, ?> read =
        (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(plan.toJson());
    assertThat(read.get("formatVersion")).isEqualTo(1);
    assertThat(read.get("hasChanges")).isEqualTo(true);
    List<?> items = (List<?>) read.get("items");
    assertThat(items).hasSameSizeAs(plan.items());
    for (int i = 0; i < items.size(); i++) {
      Plan.Item item = plan.items().get(i);
      List<?> changes = (List<?>) ((Map<?, ?>) items.get(i)).get("changes");
      for (int j = 0; j < changes.size(); j++) {
        PlannedChange change = item.changes().get(j);
        Map<?, ?> there = (Map<?, ?>) changes.get(j);
        assertThat(there.get("summary")).isEqualTo(change.summary());
        if (!change.isChange()) {
          continue;
        }
        assertThat(((Number) there.get("sentBytes")).longValue()).isEqualTo(change.sentBytes());
        List<?> files = (List<?>) there.get("files");
        for (int k = 0; k < files.size(); k++) {
          assertThat(((Map<?, ?>) files.get(k)).get("hunks"))
              .isEqualTo(change.files().get(k).hunks());
        }
      }
    }
  }

  @Test
  void whatIsNoPlanOrDamagedIsRefusedWithThePlace() {
    String json = hosts.bootstrap(RegistryMode.SAFE, hosts.mocked.ssh).plan().toJson();
    refused(
        json.replace("\"formatVersion\": 1", "\"formatVersion\": 7"), "formatVersion 7", "only 1");
    refused(json.substring(0, json.length() / 2), "not JSON at character");
    refused("", "not JSON at character 0");
    refused("[]", "no object");
    refused("{}", "formatVersion is missing");
    refused("{\"formatVersion\": 1}", "cluster is missing");
    refused(
        json.replaceFirst("\"summary\": \"", "\"summery\": \""),
        "items[0].changes[0].summary is missing");
    refused(json.replaceFirst("\"sentBytes\": ", "\"sentBytes\": -"), "sentBytes is not a number");
    refused(json.replaceFirst("\"CHANGED\"", "\"MAYBE\""), "outcome is not one of [CHANGED, SAME]");
    refused(
        json.replaceFirst("\"files\": \\[", "\"files\": [7,"), "files is not a list of objects");
  }

  private static void refused(String json, String... words) {
    assertThatThrownBy(() -> Plan.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .contains(words);
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  @DisplayName("S1 no secret stands in any form of a plan, before, between and after")
  void noSecretStandsInAnyFormOfAPlan(RegistryMode mode) throws IOException {
    String chosen = "chosen-W0rd-of-the-user";
    var cluster =
        hosts.mocked.cluster.withCallEnv(
            Map.of("registryPassword", chosen, "JOIN_TOKEN", "t0ken-of-the-user"),
            EnvOrder.CALL_WINS);
    Bootstrap own =
        Bootstraps.builder(cluster, hosts.mocked.ssh)
            .mode(mode)
            .secrets(hosts.mocked.secrets)
            .build();
    StringBuilder shown = new StringBuilder();
    show(hosts.bootstrap(mode, hosts.mocked.ssh).plan(), shown);
    hosts.run(mode, hosts.bootstrap(mode, hosts.mocked.ssh).plan());
    show(own.plan(), shown);
    TreeSet<String> secrets = new TreeSet<>(hosts.mocked.secrets.values());
    secrets.addAll(List.of(chosen, "t0ken-of-the-user", "passw0rd"));
    assertThat(secrets).hasSizeGreaterThan(4);
    for (String secret : secrets) {
      byte[] bytes = secret.strip().getBytes(StandardCharsets.UTF_8);
      assertThat(shown).doesNotContain(secret.strip());
      assertThat(shown).doesNotContain(Base64.getEncoder().encodeToString(bytes));
      assertThat(shown).doesNotContain(Hashing.sha256().hashBytes(bytes).toString());
    }
  }

  private static void show(Plan plan, StringBuilder shown) throws IOException {
    assertThat(plan.hasChanges()).isTrue();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(plan);
    }
    shown.append(bytes.toString(StandardCharsets.ISO_8859_1));
    shown.append(plan.toJson()).append(plan.toDiff()).append(plan.toTable()).append(plan);
    shown.append(plan.items());
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.EnvOrder;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedCommand;
import io.hawser.host.PlannedFile;
import io.hawser.registry.RegistryMode;
import io.hawser.registry.RegistryTransport;
import io.hawser.report.Report;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.mock.MemoryFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a plan says is what a run does, command by command, file by file, byte by byte. */
class PlanOnMockTest {
  @TempDir private Path directory;
  private MockedCluster mocked;
  private RecordingClient ssh;

  @BeforeEach
  void makeCluster() {
    mocked = new MockedCluster(directory);
    ssh = new RecordingClient(mocked.ssh);
    mocked.ssh.when("*", "init-registry").answer(0, "", "");
    for (String host : MockedCluster.HOSTS) {
      mocked.ssh.files(host).write("/etc/hosts", "127.0.0.1 localhost\n::1 localhost");
    }
    mocked.ssh.files("10.0.0.4").write("/etc/containerd/certs.d/sealos.hub:5000/hosts.toml", "#\n");
  }

  private Bootstrap bootstrap(RegistryMode mode, SshClient client) {
    return Bootstraps.builder(mocked.cluster, client)
        .mode(mode)
        .transport(mode == RegistryMode.SAFE ? RegistryTransport.TLS : RegistryTransport.PLAIN_HTTP)
        .secrets(mocked.secrets)
        .build();
  }

  private Report run(RegistryMode mode, Plan plan) {
    if (mode == RegistryMode.SEALOS) {
      for (String host : MockedCluster.HOSTS.subList(0, 3)) {
        mocked.ssh.runningRegistry(host, "/var/lib/registry");
      }
    }
    Filesystem filesystem = Filesystems.of(mocked.cluster, ssh);
    return PlannedRun.of(plan, bootstrap(mode, ssh), filesystem).apply();
  }

  private static <T> List<T> all(Plan plan, String host, Function<PlannedChange, List<T>> what) {
    return plan.items().stream()
        .filter(item -> item.host().equals(host))
        .flatMap(item -> item.changes().stream())
        .flatMap(change -> what.apply(change).stream())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void hostsExecuteTheCommandsOfThePlanWordForWord(RegistryMode mode) {
    Plan plan = bootstrap(mode, mocked.ssh).plan();
    run(mode, plan);
    for (String host : MockedCluster.HOSTS) {
      List<PlannedCommand> planned =
          all(plan, host, PlannedChange::commands).stream()
              .filter(command -> !command.command().startsWith("systemctl "))
              .toList();
      assertThat(ssh.commands(host)).as(host).isEqualTo(planned);
    }
    List<String> first = ssh.commands("10.0.0.1").stream().map(PlannedCommand::script).toList();
    assertThat(first)
        .isEqualTo(
            mode == RegistryMode.SAFE
                ? List.of("bash init.sh\n")
                : List.of(
                    "bash init-registry.sh $registryData $registryConfig\n", "bash init.sh\n"));
    assertThat(bootstrap(mode, mocked.ssh).plan().hasChanges()).isFalse();
    assertThat(bootstrap(mode, mocked.ssh).plan().toDiff()).startsWith("# nothing to change, ");
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void hostsHaveTheFilesOfThePlanAfterwardsAndNoOthers(RegistryMode mode) {
    Map<String, Map<String, String>> before = states();
    Plan plan = bootstrap(mode, mocked.ssh).plan();
    Map<String, Map<String, String>> texts = texts(plan);
    assertThat(states()).as("a plan only looks").isEqualTo(before);
    run(mode, plan);
    for (String host : MockedCluster.HOSTS) {
      MemoryFiles files = mocked.ssh.files(host);
      texts.get(host).forEach((path, text) -> assertThat(files.text(path)).isEqualTo(text));
      Map<String, String> after = new TreeMap<>();
      for (PlannedFile file : all(plan, host, PlannedChange::files)) {
        after.put(file.path(), file.after());
      }
      after.forEach(
          (path, words) -> assertThat(state(files, path)).as(path).startsWith(shown(words)));
      Map<String, String> others = states().get(host);
      others.entrySet().removeAll(before.get(host).entrySet());
      others.keySet().removeAll(after.keySet());
      others.keySet().removeIf(path -> path.startsWith("/var/lib/hawser/"));
      assertThat(others.keySet())
          .as("%s: what the script writes itself is not known", host)
          .isEqualTo(files.exists("/etc/initialised") ? Set.of("/etc/initialised") : Set.of());
    }
  }

  /** The texts that the differences of a plan make of what is on the hosts. */
  private Map<String, Map<String, String>> texts(Plan plan) {
    Map<String, Map<String, String>> texts = new TreeMap<>();
    for (String host : MockedCluster.HOSTS) {
      Map<String, String> there = texts.computeIfAbsent(host, any -> new TreeMap<>());
      MemoryFiles files = mocked.ssh.files(host);
      for (PlannedFile file : all(plan, host, PlannedChange::files)) {
        String path = file.path();
        String old = there.getOrDefault(path, files.exists(path) ? files.text(path) : "");
        if (!file.hunks().isEmpty()) {
          there.put(path, Hunks.applied(old, file.hunks()));
        }
      }
    }
    assertThat(texts.get("10.0.0.5")).containsKeys("/etc/hosts");
    return texts;
  }

  private static String shown(String words) {
    return words.endsWith("content not shown") ? words.substring(0, 5) : words;
  }

  private Map<String, Map<String, String>> states() {
    Map<String, Map<String, String>> states = new TreeMap<>();
    for (String host : MockedCluster.HOSTS) {
      MemoryFiles files = mocked.ssh.files(host);
      Map<String, String> own = states.computeIfAbsent(host, any -> new TreeMap<>());
      files.paths().stream()
          .filter(path -> !files.isDirectory(path))
          .forEach(path -> own.put(path, state(files, path)));
    }
    return states;
  }

  private static String state(MemoryFiles files, String path) {
    try {
      byte[] bytes = files.bytes(path);
      String digest = Hashing.sha256().hashBytes(bytes).toString();
      return String.format("%04o %d bytes sha256:%s", files.mode(path), bytes.length, digest);
    } catch (IllegalArgumentException e) {
      return "link to " + files.linkTarget(path);
    }
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void whatIsSentIsWhatThePlanCounts(RegistryMode mode) {
    // So one host has a part already, and another file in the place of one.
    String rootfs = "/var/lib/sealos/data/mocked/rootfs/";
    mocked.filesystem().mountRootfs(List.of("10.0.0.4"));
    mocked.ssh.files("10.0.0.4").remove(rootfs + "bin/sample-tool").write(rootfs + "Kubefile", "-");
    Map<String, Map<String, String>> before = states();
    Plan plan = bootstrap(mode, mocked.ssh).plan();
    run(mode, plan);
    long bytes = 0;
    for (String host : MockedCluster.HOSTS) {
      long own = 0;
      for (PlannedChange change : all(plan, host, List::of)) {
        Map<String, String> arrived = states().get(host);
        arrived.entrySet().removeAll(before.get(host).entrySet());
        arrived.keySet().removeIf(path -> !tree(plan, host, path).equals(change.target()));
        if (change.sentFiles() > 0) {
          assertThat(arrived).as("%s %s", host, change.summary()).hasSize((int) change.sentFiles());
          assertThat(arrived.values().stream().mapToLong(PlanOnMockTest::size).sum())
              .isEqualTo(change.sentBytes());
          own += change.sentBytes();
        }
      }
      assertThat(ssh.treeBytes(host)).as(host).isBetween(own, own + 250 * 1024);
      bytes += own;
    }
    assertThat(plan.sentBytes()).isEqualTo(bytes).isGreaterThan(1_000_000);
    assertThat(plan.toTable()).endsWith(", " + bytes + " bytes to send\n");
  }

  /** To which of the planned changes a path belongs: the innermost. */
  private static String tree(Plan plan, String host, String path) {
    return all(plan, host, List::of).stream()
        .map(PlannedChange::target)
        .filter(target -> path.equals(target) || path.startsWith(target + "/"))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static long size(String state) {
    return Long.parseLong(state.split(" ")[1]);
  }

  @Test
  void aPlanIsTheSameEachTimeAndAfterEveryFormInWhichItIsKept() throws Exception {
    Plan plan = bootstrap(RegistryMode.SAFE, mocked.ssh).plan();
    assertThat(bootstrap(RegistryMode.SAFE, mocked.ssh).plan())
        .isEqualTo(plan)
        .hasSameHashCodeAs(plan);
    assertThat(Plan.fromJson(plan.toJson())).isEqualTo(plan);
    assertThat(Plan.fromJson(new StringBuilder(plan.toJson())).toJson()).isEqualTo(plan.toJson());
    assertThat(copy(plan)).isEqualTo(plan);
    mocked.ssh.unreachable("10.0.0.5");
    Plan incomplete = bootstrap(RegistryMode.SAFE, mocked.ssh).plan();
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

  /** JSON is YAML, whose reader knows nothing of plans. */
  @Test
  void anotherParserReadsTheSame() {
    Plan plan = bootstrap(RegistryMode.SAFE, mocked.ssh).plan();
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
    String json = bootstrap(RegistryMode.SAFE, mocked.ssh).plan().toJson();
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
        mocked.cluster.withCallEnv(
            Map.of("registryPassword", chosen, "JOIN_TOKEN", "t0ken-of-the-user"),
            EnvOrder.CALL_WINS);
    Bootstrap own =
        Bootstraps.builder(cluster, mocked.ssh).mode(mode).secrets(mocked.secrets).build();
    StringBuilder shown = new StringBuilder();
    show(bootstrap(mode, mocked.ssh).plan(), shown);
    run(mode, bootstrap(mode, mocked.ssh).plan());
    show(own.plan(), shown);
    TreeSet<String> secrets = new TreeSet<>(mocked.secrets.values());
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

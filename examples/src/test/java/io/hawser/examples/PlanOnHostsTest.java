package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.hash.Hashing;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Plan;
import io.hawser.bootstrap.PlanRefusedException;
import io.hawser.bootstrap.PlannedRun;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedCommand;
import io.hawser.host.PlannedFile;
import io.hawser.host.TransferProgress;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.RegistryMode;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plans on hosts with a shell, files and services: each {@code systemctl} that changes something is
 * written down before it runs.
 */
@Timeout(120)
class PlanOnHostsTest {
  private static final String LOG = "systemctl.log";

  @TempDir Path directory;
  private final ClusterSecrets secrets = ClusterSecretStores.inMemory();
  private final Map<String, TransferProgress> transfers = new ConcurrentHashMap<>();
  private EmbeddedHosts hosts;
  private SshClient client;
  private RecordingClient ssh;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    hosts = EmbeddedHosts.start(1);
    client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build();
    ssh = new RecordingClient(client);
    cluster =
        Cluster.named("planned")
            .hosts(hosts.cluster("planned", "master,registry").hosts())
            .mount(SampleImages.of(1).writeRootfs(directory.resolve("rootfs")))
            .build();
    for (int i = 0; i < hosts.count(); i++) {
      Path programs = hosts.root(i).resolveSibling("programs");
      Files.move(programs.resolve("systemctl"), programs.resolve("systemctl.real"));
      Path wrapper =
          Files.writeString(
              programs.resolve("systemctl"),
              "#!/bin/sh\necho \"systemctl $*\" >>'"
                  + directory.resolve(LOG + i)
                  + "'\nexec '"
                  + programs.resolve("systemctl.real")
                  + "' \"$@\"\n");
      assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    }
  }

  @AfterEach
  void stop() {
    client.close();
    hosts.close();
  }

  private Bootstrap bootstrap(RegistryMode mode) {
    return Bootstraps.builder(cluster, ssh).mode(mode).secrets(secrets).build();
  }

  private Filesystem filesystem() {
    return Filesystems.builder(cluster, ssh)
        .onProgress(progress -> transfers.put(progress.host() + progress.directory(), progress))
        .build();
  }

  /** What systemctl was told on a host since the last time, without questions. */
  private List<String> told(int host) throws IOException {
    Path log = directory.resolve(LOG + host);
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    Files.deleteIfExists(log);
    return lines.stream()
        .filter(line -> !line.matches("systemctl (is-|show|status|--version).*"))
        .toList();
  }

  private static <T> List<T> all(Plan plan, String host, Function<PlannedChange, List<T>> what) {
    return plan.items().stream()
        .filter(item -> item.host().equals(host))
        .flatMap(item -> item.changes().stream())
        .flatMap(change -> what.apply(change).stream())
        .toList();
  }

  private List<HostSnapshot> snapshots() {
    List<HostSnapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < hosts.count(); i++) {
      snapshots.add(hosts.snapshot(i));
    }
    return snapshots;
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void theRunIsThePlanAndAPlanOnlyLooks(RegistryMode mode) throws IOException {
    List<HostSnapshot> before = snapshots();
    Plan plan = Plan.fromJson(bootstrap(mode).plan().toJson());
    assertThat(snapshots()).isEqualTo(before);
    List<Map<String, String>> texts = texts(plan);
    assertThat(PlannedRun.of(plan, bootstrap(mode), filesystem()).apply().succeeded()).isTrue();
    for (int i = 0; i < hosts.count(); i++) {
      assertRan(plan, i);
      assertFiles(plan, i, texts.get(i));
    }
    assertSent(plan);
    assertThat(bootstrap(mode).plan().hasChanges()).isFalse();
    if (mode == RegistryMode.SAFE) {
      assertRestartsArePlanned();
    }
  }

  private void assertRan(Plan plan, int host) throws IOException {
    String address = hosts.address(host);
    List<PlannedCommand> planned = all(plan, address, PlannedChange::commands);
    assertThat(ssh.commands(address))
        .isEqualTo(
            planned.stream().filter(one -> !one.command().startsWith("systemctl ")).toList());
    List<String> own = new ArrayList<>(told(host));
    // What the script of the rootfs itself tells systemctl in mode SEALOS is not Hawser's.
    own.removeIf(line -> line.matches("systemctl .*\\bregistry(\\.service)?$"));
    List<String> wanted =
        planned.stream()
            .map(PlannedCommand::command)
            .filter(one -> one.startsWith("systemctl "))
            .toList();
    if (ssh.commands(address).stream().anyMatch(one -> one.command().equals("init-registry"))) {
      assertThat(own).endsWith(wanted.toArray(String[]::new));
    } else {
      assertThat(own).isEqualTo(wanted);
    }
  }

  private List<Map<String, String>> texts(Plan plan) throws IOException {
    List<Map<String, String>> texts = new ArrayList<>();
    for (int i = 0; i < hosts.count(); i++) {
      Map<String, String> own = new LinkedHashMap<>();
      for (PlannedFile file : all(plan, hosts.address(i), PlannedChange::files)) {
        Path there = hosts.root(i).resolve(file.path().substring(1));
        if (file.before().isEmpty()) {
          assertThat(there).doesNotExist();
        }
        if (!file.hunks().isEmpty()) {
          String old = Files.exists(there) ? Files.readString(there) : "";
          String last = own.getOrDefault(file.path(), old);
          own.put(file.path(), Hunks.applied(last, file.hunks()));
        }
      }
      texts.add(own);
    }
    return texts;
  }

  private void assertFiles(Plan plan, int host, Map<String, String> texts) throws IOException {
    Path root = hosts.root(host);
    for (Map.Entry<String, String> text : texts.entrySet()) {
      assertThat(root.resolve(text.getKey().substring(1))).hasContent(text.getValue());
    }
    Map<String, String> after = new LinkedHashMap<>();
    all(plan, hosts.address(host), PlannedChange::files)
        .forEach(file -> after.put(file.path(), file.after()));
    assertThat(after).hasSizeGreaterThan(10);
    for (Map.Entry<String, String> file : after.entrySet()) {
      Path there = root.resolve(file.getKey().substring(1));
      if (file.getValue().contains("sha256:")) {
        byte[] bytes = Files.readAllBytes(there);
        assertThat(file.getValue())
            .as(file.getKey())
            .endsWith(" " + bytes.length + " bytes sha256:" + Hashing.sha256().hashBytes(bytes));
      } else {
        assertThat(there).exists();
      }
    }
  }

  private void assertSent(Plan plan) {
    for (Plan.Item item : plan.items()) {
      for (PlannedChange change : item.changes()) {
        if (item.step().equals("mount")) {
          TransferProgress end = transfers.get(item.host() + change.target());
          assertThat(end.bytes()).isEqualTo(end.totalBytes()).isEqualTo(change.sentBytes());
          assertThat(end.files()).isEqualTo(change.sentFiles()).isGreaterThan(5);
        }
      }
    }
  }

  /** A service that was stopped is started; one whose files are others is stopped first. */
  private void assertRestartsArePlanned() throws IOException {
    String unit = "hawser-registry-planned";
    Bootstrap bootstrap = bootstrap(RegistryMode.SAFE);
    Plan none = bootstrap.plan();
    Path config = hosts.root(0).resolve("etc/hawser/planned/registry.yml");
    Files.writeString(config, Files.readString(config) + "# theirs\n");
    Plan stopped = bootstrap.plan();
    assertThat(all(stopped, hosts.address(0), PlannedChange::commands))
        .extracting(PlannedCommand::command)
        .containsExactly(
            "systemctl stop " + unit,
            "systemctl daemon-reload",
            "systemctl enable " + unit + ".service",
            "systemctl start " + unit + ".service");
    List<HostSnapshot> before = snapshots();
    PlanRefusedException refusal =
        catchThrowableOfType(
            PlanRefusedException.class, PlannedRun.of(none, bootstrap, filesystem())::apply);
    assertThat(refusal.differences())
        .allSatisfy(
            one -> assertThat(one.toString()).startsWith(hosts.address(0) + ": registry: "));
    assertThat(snapshots()).as("refused under the locks of the hosts").isEqualTo(before);
    told(0);
    assertThat(PlannedRun.of(stopped, bootstrap, filesystem()).apply().succeeded()).isTrue();
    assertThat(told(0))
        .isEqualTo(
            all(stopped, hosts.address(0), PlannedChange::commands).stream()
                .map(PlannedCommand::command)
                .toList());
    assertThat(bootstrap.plan()).isEqualTo(none);
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.bootstrap.Plan;
import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedCommand;
import io.hawser.host.PlannedFile;
import io.hawser.registry.RegistryMode;
import io.hawser.ssh.mock.MemoryFiles;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan says is what a run does, command by command, file by file, byte by byte. */
class PlanOnMockTest {
  @TempDir private Path directory;
  private PlannedHosts hosts;

  @BeforeEach
  void makeCluster() {
    hosts = new PlannedHosts(directory);
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void hostsExecuteTheCommandsOfThePlanWordForWord(RegistryMode mode) {
    Plan plan = hosts.bootstrap(mode, hosts.mocked.ssh).plan();
    hosts.run(mode, plan);
    for (String host : MockedCluster.HOSTS) {
      List<PlannedCommand> planned =
          PlannedHosts.all(plan, host, PlannedChange::commands).stream()
              .filter(command -> !command.command().startsWith("systemctl "))
              .toList();
      assertThat(hosts.ssh.commands(host)).as(host).isEqualTo(planned);
    }
    List<String> first =
        hosts.ssh.commands("10.0.0.1").stream().map(PlannedCommand::script).toList();
    assertThat(first)
        .isEqualTo(
            mode == RegistryMode.SAFE
                ? List.of("bash init.sh\n")
                : List.of(
                    "bash init-registry.sh $registryData $registryConfig\n", "bash init.sh\n"));
    assertThat(hosts.bootstrap(mode, hosts.mocked.ssh).plan().hasChanges()).isFalse();
    assertThat(hosts.bootstrap(mode, hosts.mocked.ssh).plan().toDiff())
        .startsWith("# nothing to change, ");
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void hostsHaveTheFilesOfThePlanAfterwardsAndNoOthers(RegistryMode mode) {
    Map<String, Map<String, String>> before = hosts.states();
    Plan plan = hosts.bootstrap(mode, hosts.mocked.ssh).plan();
    Map<String, Map<String, String>> texts = hosts.texts(plan);
    assertThat(hosts.states()).as("a plan only looks").isEqualTo(before);
    hosts.run(mode, plan);
    for (String host : MockedCluster.HOSTS) {
      MemoryFiles files = hosts.mocked.ssh.files(host);
      texts.get(host).forEach((path, text) -> assertThat(files.text(path)).isEqualTo(text));
      Map<String, String> after = new TreeMap<>();
      for (PlannedFile file : PlannedHosts.all(plan, host, PlannedChange::files)) {
        after.put(file.path(), file.after());
      }
      after.forEach(
          (path, words) ->
              assertThat(PlannedHosts.state(files, path)).as(path).startsWith(shown(words)));
      Map<String, String> others = hosts.states().get(host);
      others.entrySet().removeAll(before.get(host).entrySet());
      others.keySet().removeAll(after.keySet());
      others.keySet().removeIf(path -> path.startsWith("/var/lib/hawser/"));
      assertThat(others.keySet())
          .as("%s: what the script writes itself is not known", host)
          .isEqualTo(files.exists("/etc/initialised") ? Set.of("/etc/initialised") : Set.of());
    }
  }

  private static String shown(String words) {
    return words.endsWith("content not shown") ? words.substring(0, 5) : words;
  }

  @ParameterizedTest
  @EnumSource(RegistryMode.class)
  void whatIsSentIsWhatThePlanCounts(RegistryMode mode) {
    // So one host has a part already, and another file in the place of one.
    String rootfs = "/var/lib/sealos/data/mocked/rootfs/";
    hosts.mocked.filesystem().mountRootfs(List.of("10.0.0.4"));
    hosts
        .mocked
        .ssh
        .files("10.0.0.4")
        .remove(rootfs + "bin/sample-tool")
        .write(rootfs + "Kubefile", "-");
    Map<String, Map<String, String>> before = hosts.states();
    Plan plan = hosts.bootstrap(mode, hosts.mocked.ssh).plan();
    hosts.run(mode, plan);
    long bytes = 0;
    for (String host : MockedCluster.HOSTS) {
      long own = 0;
      for (PlannedChange change : PlannedHosts.all(plan, host, List::of)) {
        Map<String, String> arrived = hosts.states().get(host);
        arrived.entrySet().removeAll(before.get(host).entrySet());
        arrived.keySet().removeIf(path -> !tree(plan, host, path).equals(change.target()));
        if (change.sentFiles() > 0) {
          assertThat(arrived).as("%s %s", host, change.summary()).hasSize((int) change.sentFiles());
          assertThat(arrived.values().stream().mapToLong(PlanOnMockTest::size).sum())
              .isEqualTo(change.sentBytes());
          own += change.sentBytes();
        }
      }
      assertThat(hosts.ssh.treeBytes(host)).as(host).isBetween(own, own + 250 * 1024);
      bytes += own;
    }
    assertThat(plan.sentBytes()).isEqualTo(bytes).isGreaterThan(1_000_000);
    assertThat(plan.toTable()).endsWith(", " + bytes + " bytes to send\n");
  }

  /** To which of the planned changes a path belongs: the innermost. */
  private static String tree(Plan plan, String host, String path) {
    return PlannedHosts.all(plan, host, List::of).stream()
        .map(PlannedChange::target)
        .filter(target -> path.equals(target) || path.startsWith(target + "/"))
        .max(Comparator.comparingInt(String::length))
        .orElse("");
  }

  private static long size(String state) {
    return Long.parseLong(state.split(" ")[1]);
  }
}

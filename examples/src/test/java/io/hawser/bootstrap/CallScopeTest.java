package io.hawser.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.report.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call touches the hosts that it names, and no other. */
class CallScopeTest {
  private static final String NODE = "10.0.0.4";

  @TempDir Path directory;

  private record Calls(Bootstrap bootstrap, Filesystem filesystem) {}

  private record Call(String name, Function<Calls, Report> made) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Call> callsForOneNode() {
    List<StringBuilder> some = List.of(new StringBuilder(NODE));
    return Stream.of(
        new Call("preflight(...)", calls -> calls.bootstrap().preflight(NODE)),
        new Call("preflight(list)", calls -> calls.bootstrap().preflight(some)),
        new Call("init(...)", calls -> calls.bootstrap().init(NODE)),
        new Call("init(list)", calls -> calls.bootstrap().init(some)),
        new Call("applyExternalDeps(...)", calls -> calls.bootstrap().applyExternalDeps(NODE)),
        new Call("applyExternalDeps(list)", calls -> calls.bootstrap().applyExternalDeps(some)),
        new Call("reset(...)", calls -> calls.bootstrap().reset(NODE)),
        new Call("reset(list)", calls -> calls.bootstrap().reset(some)),
        new Call("mountRootfs", calls -> calls.filesystem().mountRootfs(some)),
        new Call("unMountRootfs", calls -> calls.filesystem().unMountRootfs(some)));
  }

  @ParameterizedTest
  @MethodSource("callsForOneNode")
  void otherHostsAreNotChangedAndOtherNodesNotEvenAsked(Call call) {
    FiftyHosts hosts = new FiftyHosts(directory, "scoped", 6);
    hosts.ssh.when("*", "check").answer(0, "", "");
    hosts.ssh.whenMatching("*", "sh -c .*").answer(0, "", "");
    hosts.ssh.whenMatching("*", "undo of hook").answer(0, "", "");
    Bootstrap bootstrap =
        hosts
            .builder()
            .hook(Hook.command("hook", "do", "undo").before(Phase.INIT))
            .hook(Hook.commandWithoutUndo("bye", "bye").after(Phase.RESET))
            .build();
    bootstrap.init("10.0.0.1", "10.0.0.2", "10.0.0.3");
    Map<String, List<String>> files = files(hosts);
    Map<String, Integer> asked = asked(hosts);

    Report unused =
        call.made().apply(new Calls(bootstrap, Filesystems.of(hosts.cluster, hosts.ssh)));

    Map<String, List<String>> after = files(hosts);
    assertThat(after.keySet().stream().filter(host -> !after.get(host).equals(files.get(host))))
        .isSubsetOf(NODE);
    assertThat(asked(hosts))
        .containsEntry("10.0.0.5", asked.get("10.0.0.5"))
        .containsEntry("10.0.0.6", asked.get("10.0.0.6"));
    assertThat(asked(hosts).get(NODE)).isGreaterThan(asked.get(NODE));
  }

  private static Map<String, List<String>> files(FiftyHosts hosts) {
    Map<String, List<String>> all = new TreeMap<>();
    for (String host : hosts.addresses()) {
      all.put(
          host,
          hosts.ssh.files(host).paths().stream()
              .filter(path -> !hosts.ssh.files(host).isDirectory(path))
              .map(path -> path + " " + hosts.ssh.files(host).text(path).hashCode())
              .toList());
    }
    return all;
  }

  private static Map<String, Integer> asked(FiftyHosts hosts) {
    Map<String, Integer> all = new TreeMap<>();
    hosts.addresses().forEach(host -> all.put(host, hosts.ssh.transcript(host).size()));
    return all;
  }
}

package io.hawser.ssh.mock;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.BlockChange;
import io.hawser.host.ChangeResult;
import io.hawser.host.CommandChange;
import io.hawser.host.DirectoryChange;
import io.hawser.host.FileChange;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.JournalEntry;
import io.hawser.host.LinkChange;
import io.hawser.host.Probe;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.host.UnitChange;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one way by which hosts are changed works on hosts in memory as on real ones. */
class HostAccessOnMockTest {
  private static final String SHA = AgentPair.sha("blob");
  private static final String BLOB =
      "docker/registry/v2/blobs/sha256/" + SHA.substring(0, 2) + "/" + SHA + "/data";
  private static final String LINK =
      "docker/registry/v2/repositories/app/_layers/sha256/" + SHA + "/link";

  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final HostAccess access =
      HostAccess.to(ssh, Cluster.named("test").hosts(List.of(host)).build(), host);
  private final MemoryFiles files = ssh.files("10.0.0.1");

  private static TreeChange tree() {
    return new TreeChange(
        "/var/lib/registry",
        FileTree.of(
            List.of(
                TreeFile.text(BLOB, 0644, "blob"),
                TreeFile.text(LINK, 0644, "sha256:" + SHA).withRank(3),
                TreeFile.link("latest", "docker"),
                TreeFile.text("name with blank\\é", 0600, "x"))));
  }

  private static List<HostChange> changes() {
    Command init = Command.script(Script.of("init.sh", "echo hi"), "a");
    return List.of(
        new DirectoryChange("/etc/registry", 0750),
        FileChange.plain(
            "/etc/registry/config.yml",
            "storage:\n  filesystem:\n    rootdirectory: /var/lib/registry\n"),
        new BlockChange("/etc/hosts", "hawser-test", List.of("10.0.0.1 sealos.hub")),
        tree(),
        new LinkChange("/srv/registry", "/var/lib/registry"),
        new UnitChange(
            "registry", "[Service]\nExecStart=registry serve /etc/registry/config.yml\n"),
        new CommandChange("init.sh", init, Command.of("clean"), "f1"));
  }

  private static List<Outcome> outcomes(List<ChangeResult> results) {
    return results.stream().map(ChangeResult::outcome).distinct().toList();
  }

  @Test
  void changesAreAppliedFoundSameAndUndoneWithoutATrace() {
    files.write("/etc/hosts", "127.0.0.1 localhost\n");
    ssh.when("*", "init.sh a").answer(0, "hi\n", "");
    ssh.when("*", "undo of init.sh");

    assertThat(outcomes(access.compare(changes()))).containsExactly(Outcome.CHANGED);
    assertThat(files.paths()).containsExactly("/etc/hosts");
    List<ChangeResult> applied = access.apply("registry", changes());
    assertThat(applied).hasSize(7);
    assertThat(outcomes(applied)).containsExactly(Outcome.CHANGED);
    assertThat(files.text("/etc/hosts")).contains("sealos.hub");
    assertThat(files.text("/srv/registry/" + BLOB)).isEqualTo("blob");
    assertThat(ssh.units("10.0.0.1").get("registry").active()).isTrue();
    assertThat(outcomes(access.compare(changes()))).containsExactly(Outcome.SAME);
    assertThat(outcomes(access.apply("registry", changes()))).containsExactly(Outcome.SAME);
    assertThat(access.list("/var/lib/registry", true).entries()).containsKeys(BLOB, "latest");
    assertThat(access.journal()).allMatch(JournalEntry::done);

    assertThat(outcomes(access.undo(entry -> true))).containsExactly(Outcome.CHANGED);
    assertThat(access.journal()).isEmpty();
    assertThat(files.paths()).containsExactly("/etc/hosts");
    assertThat(files.text("/etc/hosts")).isEqualTo("127.0.0.1 localhost\n");
    assertThat(files.exists("/etc/registry")).isFalse();
    assertThat(ssh.units("10.0.0.1")).isEmpty();
    assertThat(ssh.transcript())
        .filteredOn(command -> !command.command().startsWith("hawser-agent"))
        .extracting(RecordedCommand::command)
        .containsExactly("init.sh a", "undo of init.sh");
  }

  @Test
  void installedRegistryIsProbedFromAnotherHost() {
    ssh.lenient();
    Host other = Host.at("10.0.0.2").build();
    Probe probe =
        new Probe("http://10.0.0.1:5000/v2/app/blobs/sha256:" + SHA, null, null, null, SHA);
    HostAccess from =
        HostAccess.to(ssh, Cluster.named("test").hosts(List.of(host, other)).build(), other);

    assertThat(from.probe(probe).passed()).isFalse();
    access.apply("registry", changes());
    assertThat(from.probe(probe).passed()).isTrue();
    files.write("/var/lib/registry/" + BLOB, "rotten".getBytes(StandardCharsets.UTF_8));
    assertThat(from.probe(probe).passed()).isFalse();
  }

  @Test
  void factsOfTheHostAreRead() {
    assertThat(access.facts().get("containerd")).isEqualTo("1.6.20");
    assertThat(access.facts().has("systemctl")).isTrue();
  }

  @Test
  void lostTransferIsAResultAndTheNextOneSucceeds() {
    // Listing comes first: names; the transfer itself is the second or a later command.
    ssh.loseLink("10.0.0.1", 2);

    assertThat(outcomes(access.apply("registry", List.of(tree())))).containsExactly(Outcome.FAILED);
    assertThat(outcomes(access.apply("registry", List.of(tree()))))
        .containsExactly(Outcome.CHANGED);
  }

  @Test
  void sourceThatCannotBeReadFailsTheChangeOnly() {
    FileTree broken = FileTree.of(List.of(TreeFile.file("x", 0644, 3, Path.of("/no/such/file"))));

    List<ChangeResult> results =
        access.apply("mount", List.of(new TreeChange("/srv/tree", broken)));

    assertThat(outcomes(results)).containsExactly(Outcome.FAILED);
    assertThat(results.get(0).message()).contains("cannot be read");
    assertThat(files.exists("/srv/tree/x")).isFalse();
  }

  @Test
  void agentFailsWhereARuleSaysSo() {
    ssh.whenMatching("*", "hawser-agent receive .*")
        .answer(1, "", "hawser-agent: no space left on device\n");

    List<ChangeResult> results = access.apply("mount", List.of(tree()));

    assertThat(outcomes(results)).containsExactly(Outcome.FAILED);
    assertThat(results.get(0).message()).contains("no space left on device");
  }
}

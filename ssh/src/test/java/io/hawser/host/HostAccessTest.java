package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * In /bin/sh; with {@code -Dhawser.long=true} in all shells of this machine. In every build {@link
 * EveryShellTest} runs a part of it in the others.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class HostAccessTest {
  private static final String ODD = "-odd 'name' \"q\" \\ $(touch x) `y` * \u00fc %41 \\0101";

  final TestHost host;
  final Map<String, String> bare;

  HostAccessTest(String shell, @TempDir Path temp) throws IOException {
    host = new TestHost(temp, shell);
    host.write("/etc/hosts", "127.0.0.1 localhost\r\n::1 localhost\n10.0.0.9 last");
    host.write("/etc/app.conf", "theirs\n");
    host.write("/var/lib/registry/their/data", "blob");
    Files.setPosixFilePermissions(
        host.path("/etc/app.conf"), PosixFilePermissions.fromString("rw-r-----"));
    bare = host.snapshot();
  }

  static final HostChange[] CHANGES = {
    new DirectoryChange("/opt/a/b", 0750),
    new DirectoryChange("/etc", 0700),
    FileChange.plain("/etc/app.conf", "ours\n\n"),
    FileChange.secret("/opt/" + ODD + "/" + ODD, "no end \u00fc \0 \\0101 %s"),
    FileChange.plain("/opt/empty", ""),
    new LinkChange("/var/lib/registry", "/opt/a"),
    new LinkChange("/etc/new", "/opt/" + ODD),
    new BlockChange("/etc/hosts", "c1", List.of("10.0.0.7 sealos.hub")),
    new BlockChange("/etc/made", "c1", List.of("x")),
  };

  @Test
  void everyKindOfChangeIsAppliedOnceAndUndoneExactly() throws IOException {
    assertThat(TestHost.outcomes(host.access.compare(List.of(CHANGES)))).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);

    assertThat(host.apply(CHANGES)).hasSize(CHANGES.length).containsOnly(CHANGED);
    assertThat(host.read("/etc/app.conf")).isEqualTo("ours\n\n");
    assertThat(host.read("/opt/" + ODD + "/" + ODD)).isEqualTo("no end \u00fc \0 \\0101 %s");
    assertThat(Files.readSymbolicLink(host.path("/etc/new"))).isEqualTo(host.path("/opt/" + ODD));
    assertThat(host.read("/etc/hosts")).contains("sealos.hub");

    byte[] journal = Files.readAllBytes(host.path("/var/lib/hawser/c1/journal"));
    assertThat(TestHost.outcomes(host.access.compare(List.of(CHANGES)))).containsOnly(SAME);
    assertThat(host.apply(CHANGES)).hasSize(CHANGES.length).containsOnly(SAME);
    assertThat(host.path("/var/lib/hawser/c1/journal")).hasBinaryContent(journal);
    assertThat(host.access.journal()).allMatch(JournalEntry::done);

    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void stateIsReadableByNobodyElse() throws IOException {
    host.apply(CHANGES);
    assertThat(host.snapshot().get("var/lib/hawser/c1")).isEqualTo("directory rwx------");
    assertThat(host.snapshot().get("var/lib/hawser/c1/journal")).startsWith("file rw------- ");
  }

  @Test
  void whatSomebodyElseChangedIsKeptAndReported() throws IOException {
    host.apply(CHANGES);
    host.write("/etc/app.conf", "mine now\n");
    Files.delete(host.path("/var/lib/registry"));
    host.write("/var/lib/registry", "a file now");
    host.write("/opt/a/b/mine", "added");
    List<ChangeResult> results = host.access.undo(entry -> true);
    assertThat(results).filteredOn(result -> result.outcome() == KEPT).hasSize(5);
    assertThat(host.read("/etc/app.conf")).isEqualTo("mine now\n");
    assertThat(host.read("/opt/a/b/mine")).isEqualTo("added");
    // What they replaced is beside them, and the journal is gone.
    assertThat(host.snapshot().keySet())
        .anyMatch(path -> path.startsWith("etc/app.conf.hawser-"))
        .anyMatch(path -> path.matches("var/lib/registry.hawser-[0-9]+/their/data"))
        .noneMatch(path -> path.startsWith("var/lib/hawser"));
    assertThat(host.undo()).isEmpty();
  }

  @Test
  void theTextOfASmallFileIsGivenIfItIsThere() {
    assertThat(host.access.text("/etc/app.conf")).contains(Secret.of("theirs\n"));
    assertThat(host.access.text("/etc/nothing")).isEmpty();
    assertThatThrownBy(() -> host.access.text("/etc")).isInstanceOf(HostStateException.class);
  }

  @Test
  void aDirectoryThatAnotherOwnerStillUsesIsRemovedWhenTheLastIsUndone() throws IOException {
    host.apply(new DirectoryChange("/opt/shared", 0755));
    host.access.apply("other", List.of(FileChange.plain("/opt/shared/f", "x")));
    assertThat(TestHost.outcomes(host.access.undo(entry -> entry.owner().equals("test"))))
        .containsOnly(KEPT);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void theFirstFailureEndsTheListAndNamesItsCause() throws IOException {
    List<ChangeResult> results =
        host.access.apply(
            "test",
            List.of(
                FileChange.plain("/opt/a", "1"),
                FileChange.plain("/etc/app.conf/below", "2"),
                FileChange.plain("/opt/b", "3")));
    assertThat(TestHost.outcomes(results)).containsExactly(CHANGED, FAILED);
    assertThat(results.get(1).message()).contains("app.conf");
    assertThat(host.path("/opt/b")).doesNotExist();
  }

  @Test
  void d24ALinkedHostsFileIsEditedWhereItLies() throws IOException {
    Files.createSymbolicLink(host.path("/etc/linked"), Path.of("/etc/hosts"));
    Map<String, String> before = host.snapshot();
    host.apply(new BlockChange("/etc/linked", "m", List.of("x")));
    assertThat(host.read("/etc/hosts")).contains("x\n# hawser end m");
    assertThat(host.path("/etc/linked")).isSymbolicLink();
    host.undo();
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  void linksThatHawserMadeAreFollowedBelowTheRoot() throws IOException {
    host.apply(
        new LinkChange("/etc/linked", "/etc/hosts"), new LinkChange("/etc/far", "/etc/linked"));
    Map<String, String> before = host.snapshot();
    host.apply(new BlockChange("/etc/far", "m", List.of("x")));
    assertThat(host.read("/etc/hosts")).contains("localhost").contains("x\n# hawser end m");
    assertThat(host.path("/etc/far")).isSymbolicLink();
    assertThat(host.apply(new BlockChange("/etc/far", "m", List.of("x")))).containsExactly(SAME);
    host.access.undo(entry -> entry.kind().equals("block"));
    assertThat(host.snapshot().get("etc/hosts")).isEqualTo(before.get("etc/hosts"));
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aHostThatHasAnotherRootIsNotChanged() throws IOException {
    host.shell.withEnv("HAWSER_ROOT", host.root + "/etc");
    List<ChangeResult> results =
        host.access.apply("test", List.of(FileChange.plain("/etc/app.conf", "ours\n")));
    assertThat(TestHost.outcomes(results)).containsExactly(FAILED);
    assertThat(results.get(0).message())
        .contains("root is " + host.root + "/etc, but Hawser was told " + host.root);
    assertThatThrownBy(host.access::facts).isInstanceOf(HostStateException.class);
    assertThat(host.snapshot()).isEqualTo(bare);
    host.shell.withEnv("HAWSER_ROOT", host.root.toString());
    assertThat(host.apply(FileChange.plain("/etc/app.conf", "ours\n"))).containsExactly(CHANGED);
  }

  @Test
  void theJournalTellsOfEachKindWhatItsEntriesPromise() throws IOException {
    host.program("systemctl", "#!/bin/sh\n");
    Command command = Command.of("true");
    host.apply(
        new DirectoryChange("/opt", 0755),
        FileChange.plain("/opt/a b", "x"),
        new LinkChange("/opt/link", "/opt/a b"),
        new BlockChange("/opt/block", "the.mark", List.of("x")),
        new UnitChange("s", "x"),
        new CommandChange("init.sh", command, command, "f 1"),
        new CommandChange("other.sh", command, null, "f 2"),
        new TreeChange("/opt", FileTree.of(List.of(TreeFile.text("t", 0644, "x")))));
    assertThat(host.access.journal())
        .filteredOn(entry -> !entry.target().startsWith("/etc"))
        .extracting(
            entry ->
                String.join(
                    "|",
                    entry.kind(),
                    entry.target(),
                    entry.fingerprint(),
                    String.valueOf(entry.undoable())))
        .containsExactly(
            "dir|/opt||true",
            "file|/opt/a b||true",
            "link|/opt/link||true",
            "block|/opt/block|the.mark|true",
            "unit|s.service||true",
            "command|init.sh|f 1|true",
            "command|other.sh|f 2|false",
            "tree|/opt||true");
  }

  @Test
  void d24AHostsFileOfOneMegabyteWithForeignBytesIsEdited() throws IOException {
    byte[] large = new byte[1 << 20];
    new Random(1).nextBytes(large);
    Files.write(host.path("/etc/hosts"), large);
    host.apply(new BlockChange("/etc/hosts", "m", List.of("x")));
    assertThat(Files.size(host.path("/etc/hosts"))).isGreaterThan(large.length);
    host.undo();
    assertThat(host.path("/etc/hosts")).hasBinaryContent(large);
  }

  @Test
  void aCommandRunsOnceForAFingerprintAndItsUndoRunsOnReset() throws IOException {
    Command touch = Command.of("mkdir", host.path("/opt").toString());
    Command undo =
        Command.script(Script.of("clean", "rmdir \"$DIR\" && [ \"$1\" = \"it's\" ]"), "it's")
            .withEnv(Map.of("DIR", host.path("/opt")))
            .withDirectory(host.path("/etc").toString());
    CommandChange first = new CommandChange("init.sh", touch, undo, "f1");
    assertThat(host.apply(first)).containsExactly(CHANGED);
    assertThat(host.apply(first)).containsExactly(SAME);
    CommandChange second = new CommandChange("init.sh", touch, undo, "f2");
    assertThat(TestHost.outcomes(host.access.compare(List.of(first, second))))
        .containsExactly(SAME, CHANGED);
    assertThat(host.access.apply("test", List.of(second)).get(0).message()).contains("mkdir");
    assertThat(host.access.journal()).extracting(JournalEntry::done).containsExactly(true, false);
    // The undo of the second run takes back what it finds, that of the first finds nothing more.
    assertThat(host.undo()).containsExactly(CHANGED, FAILED);
    Files.createDirectory(host.path("/opt"));
    assertThat(host.undo()).containsExactly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aCommandWithoutUndoIsReportedAsKept() throws IOException {
    host.apply(new CommandChange("true", Command.of("true"), null, "f"));
    assertThat(host.access.journal()).extracting(JournalEntry::undoable).containsExactly(false);
    assertThat(host.undo()).containsExactly(KEPT);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void commandsAndTheirUndoSeeTheRootOfTheHost() {
    Command check = Command.script(Script.of("s", "[ -d \"$HAWSER_ROOT/etc\" ]"));
    assertThat(host.apply(new CommandChange("c", check, check, "f"))).containsExactly(CHANGED);
    assertThat(host.undo()).containsExactly(CHANGED);
  }

  @Test
  void listsWhatLiesBelowADirectory() {
    Listing.Entry data = host.access.list("/var/lib", true).entries().get("registry/their/data");
    assertThat(data.type()).isEqualTo(TreeFile.Type.FILE);
    assertThat(data.size()).isEqualTo(4);
    assertThat(data.sha256()).isEqualTo(TreeFile.text("x", 0, "blob").sha256());
    assertThat(host.access.list("/etc", false).entries().get("app.conf").mode()).isEqualTo(0640);
    assertThat(host.access.list("/missing", true).entries()).isEmpty();
  }

  @Test
  void c11AnAnswerThatIsCutIsNoSuccess() {
    host.shell.editScripts(text -> text.replace("\necho end\n", "\n"));
    assertThatThrownBy(host.access::facts)
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("cut");
    assertThat(host.apply(FileChange.plain("/etc/f", "x"))).containsExactly(FAILED);
  }

  @Test
  void c13ATreeNeedsNeitherOpensslNorAModernSync() throws IOException {
    host.program("openssl", "#!/bin/sh\nexit 1\n");
    host.program("sync", "#!/bin/sh\n[ $# -eq 0 ]\n");
    FileTree tree = FileTree.of(List.of(TreeFile.text("d/f \\ x", 0644, "x")));
    assertThat(host.apply(new TreeChange("/opt/t", tree))).containsExactly(CHANGED);
    assertThat(host.apply(new TreeChange("/opt/t", tree))).containsExactly(SAME);
  }

  @Test
  void factsTellWhatIsThere() throws IOException {
    host.write("/etc/containerd/config.toml", "  config_path = \"/etc/certs\"\n");
    NodeFacts facts = host.access.facts();
    assertThat(facts.get("os")).isNotEmpty();
    assertThat(facts.has("tar")).isTrue();
    assertThat(Long.parseLong(facts.get("free./var"))).isPositive();
    assertThat(Integer.parseInt(facts.get("cpus"))).isPositive();
    assertThat(facts.get("sha256")).isIn("openssl", "sha256sum", "shasum");
    assertThat(facts.get("etc.containerd.config_path")).isEqualTo("/etc/certs");
  }

  @Test
  void d23PathsWithDotsAreRefused() {
    assertThat(host.apply(FileChange.plain("/etc/../../escape", "x"))).containsExactly(FAILED);
    assertThat(host.root.resolveSibling("escape")).doesNotExist();
  }
}

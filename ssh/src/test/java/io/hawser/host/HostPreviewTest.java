package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.host.HostChange.Outcome;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.mock.MemoryFiles;
import io.hawser.ssh.mock.MockSsh;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a preview says of changes is what applying them does. */
class HostPreviewTest {
  private final MockSsh ssh = MockSsh.create();
  private final Host host = Host.at("10.0.0.1").roles(Role.MASTER).build();
  private final HostAccess access =
      HostAccess.to(ssh, Cluster.named("test").hosts(List.of(host)).build(), host);
  private final MemoryFiles files = ssh.files("10.0.0.1");
  private final HostPreview preview = preview();

  private HostPreview preview() {
    return access.preview(text -> "marked " + text.reveal().hashCode());
  }

  private PlannedChange one(HostChange change) {
    List<PlannedChange> planned = preview.of(List.of(change));
    assertThat(planned).hasSize(1);
    return planned.get(0);
  }

  private static BlockChange block(String marker, String line) {
    return new BlockChange("/etc/hosts", marker, List.of(line));
  }

  @Test
  void twoBlocksOfOneFileAreSeenOneAfterTheOther() {
    files.write("/etc/hosts", "127.0.0.1 localhost");
    HostChange first = block("one", "10.0.0.1 one");
    HostChange second = block("two", "10.0.0.1 two");
    String text = "127.0.0.1 localhost";
    for (HostChange change : List.of(first, second)) {
      PlannedFile file = one(change).files().get(0);
      text = TextDiffTest.applied(text, file.hunks());
    }
    access.apply("test", List.of(first, second));
    assertThat(files.text("/etc/hosts")).isEqualTo(text);
  }

  @Test
  void whatIsWantedTwiceIsDoneOnceAndSaidOnce() {
    List<HostChange> wanted = List.of(block("one", "10.0.0.1 one"), new LinkChange("/srv/a", "/b"));
    assertThat(preview.of(wanted)).hasSize(2).allMatch(PlannedChange::isChange);
    assertThat(preview.of(wanted)).isEmpty();
  }

  @Test
  void aFileThatALaterStepWritesOnceMoreChangesTwice() {
    files.write("/etc/ca", "old\n");
    one(FileChange.plain("/etc/ca", "old\nnew\n"));
    assertThat(one(FileChange.plain("/etc/ca", "new\n")).files().get(0).hunks())
        .isEqualTo("@@ -1,2 +1,1 @@\n-old\n new\n");
    assertThat(one(FileChange.plain("/etc/ca", "old\n")).isChange()).isTrue();
  }

  @Test
  void whatIsOrWasConfidentialIsNeverShown() {
    files.write("/etc/was", "password old-word\n").mode("/etc/was", 0600);
    files.write("/etc/is", "nothing\n");
    List<PlannedChange> planned =
        preview.of(
            List.of(
                FileChange.plain("/etc/was", "none\n"),
                FileChange.secret("/etc/is", "password new-word\n"),
                new FileChange("/etc/hidden", Secret.of("password new-word\n"), 0640, false)));
    assertThat(planned).allMatch(PlannedChange::isChange).hasSize(3);
    assertThat(planned.toString()).contains("content not shown").doesNotContain("word", "sha256");
  }

  @Test
  void valuesOfVariablesThatAreCalledLikeSecretsAreStarsInCommands() {
    Command command =
        Command.script(
                Script.of("join.sh", "join --token s3cr3t-t0ken $JOIN_TOKEN\n"), "s3cr3t-t0ken")
            .withEnv(Map.of("JOIN_TOKEN", "s3cr3t-t0ken", "PORT", "5000"))
            .withDirectory("/opt");
    PlannedChange change = one(new CommandChange("join", command, null, "f1"));
    assertThat(change.summary()).isEqualTo("run join.sh ******");
    assertThat(change.commands())
        .containsExactly(
            new PlannedCommand(
                "join.sh ******",
                "join --token ****** $JOIN_TOKEN\n",
                "/opt",
                List.of("JOIN_TOKEN", "PORT"),
                true));
  }

  @Test
  void whatIsNoTextOrTooLongIsToldByItsDigest() {
    files.write("/etc/binary", "a\u0007b");
    for (String content : List.of("text\n", "x\n".repeat(40_000))) {
      PlannedFile file = one(FileChange.plain("/etc/binary", content)).files().get(0);
      assertThat(file.hunks()).isEmpty();
      assertThat(file.after()).matches("0644 [0-9]+ bytes sha256:[0-9a-f]{64}");
    }
  }

  @Test
  void aServiceIsRestartedWhenItsFileChangesAndStartedWhenItStands() {
    UnitChange old = new UnitChange("app", "[Service]\nExecStart=/bin/app 1\n");
    UnitChange wanted = new UnitChange("app", "[Service]\nExecStart=/bin/app 2\n");
    access.apply("test", List.of(old));
    assertThat(one(old).isChange()).isFalse();
    PlannedChange change = one(wanted);
    assertThat(change.commands())
        .extracting(PlannedCommand::command)
        .containsExactly(
            "systemctl daemon-reload",
            "systemctl enable app.service",
            "systemctl restart app.service");
    assertThat(change.files().get(0).diff("10.0.0.1"))
        .startsWith("--- a/10.0.0.1/etc/systemd/system/app.service\n+++ b/10.0.0.1/etc/systemd")
        .contains("-ExecStart=/bin/app 1\n+ExecStart=/bin/app 2\n");

    HostPreview another = preview();
    assertThat(another.stopping(old).commands())
        .extracting(PlannedCommand::command)
        .containsExactly("systemctl stop app");
    PlannedChange started = another.of(List.of(old)).get(0);
    assertThat(started.files()).isEmpty();
    assertThat(started.commands().get(2).command()).isEqualTo("systemctl start app.service");
  }

  @Test
  void ofATreeTheFilesThatTheHostLacksAreCountedAndNamed() {
    FileTree half = FileTree.of(List.of(TreeFile.text("a", 0644, "1234"), TreeFile.link("l", "a")));
    access.apply("test", List.of(new TreeChange("/srv/tree", half)));
    FileTree whole =
        half.with(
            FileTree.of(List.of(TreeFile.text("b", 0644, "12345"), TreeFile.text("c", 0600, "6"))));
    files.write("/srv/tree/b", "other");
    PlannedChange change = one(new TreeChange("/srv/tree", whole));
    assertThat(change.sentFiles()).isEqualTo(2);
    assertThat(change.sentBytes()).isEqualTo(6);
    assertThat(change.files())
        .extracting(PlannedFile::path, PlannedFile::before)
        .containsExactlyInAnyOrder(
            tuple("/srv/tree/b", "something else"), tuple("/srv/tree/c", ""));
    assertThat(access.apply("test", List.of(new TreeChange("/srv/tree", whole))).get(0).message())
        .startsWith("2 files, 6 bytes sent");
  }

  @Test
  void aDirectoryThatATreeBringsIsNotMadeOnceMore() {
    FileTree tree = FileTree.of(List.of(TreeFile.text("a", 0644, "1")));
    List<HostChange> wanted =
        List.of(new TreeChange("/srv/tree", tree), new DirectoryChange("/srv/tree", 0755));
    assertThat(preview.of(wanted))
        .extracting(PlannedChange::outcome)
        .containsExactly(Outcome.CHANGED, Outcome.SAME);
    assertThat(access.apply("test", wanted))
        .extracting(ChangeResult::outcome)
        .containsExactly(Outcome.CHANGED, Outcome.SAME);
  }

  @Test
  void whatIsTakenBackIsThereNewestFirst() {
    access.apply(
        "test", List.of(FileChange.plain("/etc/a", "1"), new UnitChange("app", "[Unit]\n")));
    List<PlannedChange> planned = preview.undoing(Set.copyOf(access.journal()));
    assertThat(planned)
        .extracting(PlannedChange::summary)
        .containsExactly("undo unit app.service", "undo file /etc/a");
    assertThat(planned).allMatch(PlannedChange::takenBack);
    assertThat(planned.get(0).commands()).hasSize(3);
  }

  @Test
  void aMarkIsAnotherWhenTheHostIsOrWhatIsWanted() {
    files.write("/etc/a", "1").mode("/etc/a", 0600);
    FileChange wanted = FileChange.secret("/etc/a", "2");
    String mark = one(wanted).fingerprint();
    assertThat(preview().of(List.of(wanted)).get(0).fingerprint()).isEqualTo(mark);
    assertThat(preview().of(List.of(FileChange.secret("/etc/a", "3"))).get(0).fingerprint())
        .isNotEqualTo(mark);
    files.write("/etc/a", "4").mode("/etc/a", 0600);
    assertThat(preview().of(List.of(wanted)).get(0).fingerprint()).isNotEqualTo(mark);
  }
}

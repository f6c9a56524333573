package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trees of which a part arrived, and trees that are undone. In /bin/sh; with {@code
 * -Dhawser.long=true} in all shells of this machine. In every build {@link EveryShellTest} runs a
 * part of it in the others.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class TreeUndoTest {
  private final TreeTransferTest transfer;
  private final TestHost host;
  private final Map<String, String> bare;

  TreeUndoTest(String shell, @TempDir Path temp) throws IOException {
    transfer = new TreeTransferTest(shell, temp);
    host = transfer.host;
    bare = transfer.bare;
  }

  @Test
  @DisplayName("D1 an undo that cannot digest fails, says why, and is done when it can")
  void d1AnUndoWithoutATemporaryDirectoryFails() throws IOException {
    FileTree tree = FileTree.of(List.of(TreeFile.text("dir/file", 0640, "content")));
    transfer.put(tree);
    host.shell.editScripts(text -> "TMPDIR=/nowhere; export TMPDIR\n" + text);
    List<ChangeResult> undone = host.access.undo(entry -> entry.kind().equals("tree"));
    assertThat(undone).extracting(ChangeResult::outcome).containsExactly(FAILED);
    assertThat(undone.get(0).message())
        .contains("no temporary directory, for digests of what is in");
    transfer.assertThere(tree);
    host.shell.editScripts(text -> text);
    host.undo();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D13 a broken transfer is taken up and leaves no staging")
  void d13ABrokenTransferIsTakenUpAndLeavesNoStaging() throws IOException {
    List<TreeFile> files = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      files.add(TreeFile.text("dir/file" + i, 0640, "content " + i));
    }
    FileTree tree = FileTree.of(files);
    host.shell.editScripts(
        text -> text.replace("digest_all f 0 <", "kill -9 $$; digest_all f 0 <"));
    assertThat(transfer.put(tree).outcome()).isEqualTo(FAILED);
    assertThat(host.path(TreeTransferTest.TARGET + "/dir")).doesNotExist();
    host.shell.editScripts(text -> text);
    ChangeResult result = transfer.put(tree);
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertThat(result.message()).startsWith("0 files, 0 bytes sent, 20 files taken up");
    transfer.assertThere(tree);
    assertThat(host.snapshot().keySet()).noneMatch(path -> path.contains(".hawser-stage"));
    assertThat(host.access.journal()).filteredOn(e -> e.kind().equals("tree")).hasSize(1);
    host.undo();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D13 what a broken transfer left is removed when the tree before it is wanted again")
  void d13WhatABrokenTransferLeftIsRemovedWhenTheTreeBeforeItIsWantedAgain() throws IOException {
    FileTree old = FileTree.of(List.of(TreeFile.text("f", 0640, "old")));
    transfer.put(old);
    host.shell.editScripts(
        text -> text.replace("digest_all f 0 <", "kill -9 $$; digest_all f 0 <"));
    FileTree other = FileTree.of(List.of(TreeFile.text("f", 0640, "new")));
    assertThat(transfer.put(other).outcome()).isEqualTo(FAILED);
    host.shell.editScripts(text -> text);
    assertThat(host.snapshot().keySet()).anyMatch(path -> path.contains(".hawser-stage"));
    assertThat(transfer.put(old).outcome()).isEqualTo(HostChange.Outcome.SAME);
    assertThat(host.snapshot().keySet()).noneMatch(path -> path.contains(".hawser-stage"));
    host.undo();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void undoOfAHalfCommittedTreeGivesBackTheOriginal() throws IOException {
    host.write(TreeTransferTest.TARGET + "/zero", "was not empty");
    host.write(TreeTransferTest.TARGET + "/blobs", "was a file");
    host.write(TreeTransferTest.TARGET + "/current/inside", "was a directory");
    Map<String, String> before = host.snapshot();
    for (int k = 1; k < 16; k += host.step) {
      int die = k;
      host.shell.editScripts(
          text ->
              text.replace(
                  "flush_fs() {",
                  "moves=0\nmv() { moves=$((moves + 1)); [ $moves -lt "
                      + die
                      + " ] || kill -9 $$; command mv \"$@\"; }\nflush_fs() {"));
      transfer.put(TreeTransferTest.sample());
      host.shell.editScripts(text -> text);
      if (k % 2 == 0 || host.step > 1) {
        assertThat(transfer.put(TreeTransferTest.sample()).outcome())
            .as("after a kill at %d", k)
            .isIn(CHANGED, SAME);
        transfer.assertThere(TreeTransferTest.sample());
      }
      assertThat(host.undo()).as("killed at %d", k).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("killed at %d", k).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("D21 files that somebody added or changed survive undo")
  void d21FilesThatSomebodyAddedOrChangedSurviveUndo() throws IOException {
    transfer.put(TreeTransferTest.sample());
    host.write(TreeTransferTest.TARGET + "/bin/mine", "added");
    host.write(TreeTransferTest.TARGET + "/zero", "edited");
    List<ChangeResult> results = host.access.undo(entry -> true);
    assertThat(results.get(0).outcome()).isEqualTo(KEPT);
    assertThat(results.get(0).message()).contains("./zero");
    assertThat(Snapshot.of(host.path(TreeTransferTest.TARGET)).keySet())
        .containsOnly("", "bin", "bin/mine", "zero");
    assertThat(host.undo()).isEmpty();
  }

  @Test
  @DisplayName("D21 what is no longer what was put is reported even if it replaced nothing")
  void d21WhatIsNoLongerWhatWasPutIsReportedEvenIfItReplacedNothing() throws IOException {
    Path elsewhere = host.path("/etc/elsewhere");
    for (String changed : List.of("current", "zero", "empty")) {
      transfer.put(TreeTransferTest.sample());
      Path path = host.path(TreeTransferTest.TARGET + "/" + changed);
      Files.delete(path);
      Files.createSymbolicLink(path, elsewhere);
      ChangeResult result = host.access.undo(entry -> true).get(0);
      assertThat(result.outcome()).as(changed).isEqualTo(KEPT);
      assertThat(result.message()).contains("./" + changed).contains("1 in all");
      assertThat(Snapshot.of(host.path(TreeTransferTest.TARGET))).containsOnlyKeys("", changed);
      Files.delete(path);
    }
    for (String changed : List.of("current", "zero")) {
      transfer.put(TreeTransferTest.sample());
      Files.delete(host.path(TreeTransferTest.TARGET + "/" + changed));
      host.write(TreeTransferTest.TARGET + "/" + changed + "/theirs", "x");
      ChangeResult result = host.access.undo(entry -> true).get(0);
      assertThat(result.outcome()).as(changed).isEqualTo(KEPT);
      assertThat(result.message()).contains("./" + changed).contains("1 in all");
      Files.delete(host.path(TreeTransferTest.TARGET + "/" + changed + "/theirs"));
      Files.delete(host.path(TreeTransferTest.TARGET + "/" + changed));
    }
  }

  @Test
  void aTreeArrivesOnAHostThatHasNothingYet() throws IOException {
    Files.delete(host.path("/etc/theirs"));
    Files.delete(host.path("/etc"));
    for (String target :
        List.of("/var", "/var/lib", "/var/lib/hawser/side", TreeTransferTest.TARGET, "/srv/t")) {
      FileTree tree = FileTree.of(List.of(TreeFile.text("f", 0644, "x")));
      List<ChangeResult> results = host.access.apply("test", List.of(new TreeChange(target, tree)));
      assertThat(results.get(0).outcome()).as(results.get(0).message()).isEqualTo(CHANGED);
      assertThat(host.undo()).as(target).containsOnly(CHANGED);
      assertThat(host.snapshot()).as(target).containsOnlyKeys("");
    }
  }

  @Test
  @DisplayName("D22 undo does not follow a link that somebody put in our tree")
  void d22UndoDoesNotFollowALinkThatSomebodyPutInOurTree() throws IOException {
    transfer.put(TreeTransferTest.sample());
    Path elsewhere = host.path("/etc/elsewhere");
    Files.move(host.path(TreeTransferTest.TARGET + "/bin"), elsewhere);
    Files.createSymbolicLink(host.path(TreeTransferTest.TARGET + "/bin"), elsewhere);
    host.undo();
    assertThat(elsewhere.resolve("run")).exists();
  }
}

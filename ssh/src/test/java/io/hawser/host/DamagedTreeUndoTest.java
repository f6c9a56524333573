package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files whose names state what they hold, such as blobs, and which hold something else: what is
 * left of ours is damage and goes with us; what was damaged before us comes back. In /bin/sh, at
 * some moments; with {@code -Dhawser.long=true} at all, in all shells. In every build {@link
 * EveryShellTest} runs a part in the others.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class DamagedTreeUndoTest {
  private static final String BASE = "docker/registry/v2/";
  private static final String ONE = sha("one");
  private static final String BLOB = BASE + "blobs/sha256/" + ONE.substring(0, 2) + "/" + ONE;
  private static final String DATA = BLOB + "/data";
  private static final String LINK = BASE + "repositories/app/_layers/sha256/" + ONE + "/link";
  private static final String TAG = BASE + "repositories/app/_manifests/tags/1/current/link";
  private static final String LAYOUT = "blobs/sha256/" + ONE;
  private static final FileTree TREE =
      FileTree.of(
          List.of(
              TreeFile.text(DATA, 0640, "one"),
              TreeFile.text(LAYOUT, 0640, "one"),
              TreeFile.text(LINK, 0640, "sha256:" + ONE),
              TreeFile.text(TAG, 0640, "sha256:" + ONE)));

  /** In every build; with {@code -Dhawser.long=true} at each. */
  private static final List<Integer> MOMENTS = List.of(3);

  private final TreeTransferTest transfer;
  private final TestHost host;
  private final Map<String, String> bare;

  DamagedTreeUndoTest(String shell, @TempDir Path temp) throws IOException {
    transfer = new TreeTransferTest(shell, temp);
    host = transfer.host;
    bare = transfer.bare;
  }

  private static String sha(String text) {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  private void put() {
    assertThat(transfer.put(TREE).outcome()).isEqualTo(CHANGED);
  }

  private static String at(String path) {
    return TreeTransferTest.TARGET + "/" + path;
  }

  private void damage(String bytes, String... paths) throws IOException {
    for (String path : paths) {
      host.write(at(path), bytes);
    }
  }

  @Test
  @DisplayName(
      "D5 F11 what of our blobs was damaged goes with undo, repaired or not, however often")
  void damagedBlobsOfOursGoWithUndo() throws IOException {
    for (int repairs = 0; repairs < 3; repairs += 2) {
      put();
      for (int i = 0; i < repairs; i++) {
        damage("rotten " + i, DATA, LAYOUT, LINK);
        put();
        transfer.assertThere(TREE);
      }
      damage("", DATA);
      damage("two", LAYOUT, LINK);
      assertThat(host.undo()).as("%d repairs", repairs).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("%d repairs", repairs).isEqualTo(bare);
    }
  }

  @Test
  @DisplayName("D21 a blob that was damaged before us comes back as it was, after every repair")
  void whatWasDamagedBeforeUsComesBack() throws IOException {
    damage("was damaged before", DATA);
    damage("so was this", LINK, LAYOUT);
    Map<String, String> before = host.snapshot();
    for (int repairs = 0; repairs < 3; repairs += 2) {
      put();
      for (int i = 0; i < repairs; i++) {
        damage("rotten " + i, DATA, LAYOUT);
        put();
      }
      damage("at last", LINK, DATA);
      assertThat(host.undo()).as("%d repairs", repairs).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("%d repairs", repairs).isEqualTo(before);
    }
  }

  @Test
  @DisplayName("D21 a whole blob that was there before us and was damaged since comes back damaged")
  void aBlobOfOthersThatWasRepairedComesBackDamaged() throws IOException {
    damage("one", DATA);
    put();
    damage("rotten", DATA);
    put();
    assertThat(host.undo()).doesNotContain(FAILED);
    assertThat(host.read(at(DATA))).isEqualTo("rotten");
  }

  @Test
  @DisplayName("D21 what states nothing by its name, or is no file any more, is somebody's change")
  void whatIsNoDamageIsKept() throws IOException {
    put();
    damage("sha256:" + sha("two"), TAG);
    put();
    damage("sha256:" + sha("three"), TAG);
    Files.delete(host.path(at(DATA)));
    Files.createSymbolicLink(host.path(at(DATA)), Path.of("/etc/theirs"));
    host.write(at(BLOB + "/theirs"), "x");
    assertThat(host.undo()).contains(KEPT);
    assertThat(host.read(at(TAG))).contains(sha("three"));
    assertThat(host.path(at(DATA))).isSymbolicLink();
    assertThat(host.read(at(BLOB + "/theirs"))).isEqualTo("x");
    assertThat(host.path(at(LAYOUT))).doesNotExist();
  }

  @Test
  @DisplayName(
      "F11 a repair, and its undo, that are killed at any moment leave what undo takes back")
  void killedAtAnyMoment() throws IOException {
    damage("theirs, damaged", LAYOUT);
    Map<String, String> before = host.snapshot();
    boolean all = Boolean.getBoolean("hawser.long");
    for (String tool : List.of("mv", "rm", "ln")) {
      for (int k : all ? List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10) : MOMENTS) {
        put();
        damage("rotten", DATA, LINK);
        damage("rotten, too", LAYOUT);
        dieAt(tool, k);
        transfer.put(TREE);
        assertUndone(tool, k, before);
        put();
        damage("rotten", DATA, LINK, LAYOUT);
        put();
        dieAt(tool, k);
        Object unused = host.access.undo(entry -> entry.kind().equals("tree"));
        assertUndone(tool, k, before);
      }
    }
  }

  private void assertUndone(String tool, int k, Map<String, String> before) throws IOException {
    host.shell.editScripts(text -> text);
    assertThat(host.undo()).as("%s %d", tool, k).doesNotContain(FAILED);
    assertThat(host.snapshot()).as("%s %d", tool, k).isEqualTo(before);
  }

  private void dieAt(String tool, int call) {
    String counted =
        "calls=0\n%s() { calls=$((calls + 1)); [ $calls -lt %d ] || kill -9 $$; command %s \"$@\"; }\n"
            .formatted(tool, call, tool);
    host.shell.editScripts(text -> text.replace("flush_fs() {", counted + "flush_fs() {"));
  }

  @Test
  void aSecondRunAfterDamageIsARepairAndAThirdFindsNothing() throws IOException {
    put();
    damage("", DATA);
    put();
    assertThat(transfer.put(TREE).outcome()).isEqualTo(SAME);
    assertThat(host.undo()).doesNotContain(KEPT, FAILED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.host.TreeFile.Type;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What has to be done, line by line as the agent is told it, for what was found on a host. */
class TreeDeltaTest {
  private static final String X = TreeFile.text("x", 0, "x").sha256();

  private static final FileTree TREE =
      FileTree.of(
          List.of(
              TreeFile.directory("a", 0755),
              TreeFile.text("a/f", 0644, "x"),
              TreeFile.link("a/l", "to here"),
              TreeFile.text("i/g", 0600, "x").withRank(2),
              TreeFile.text("z", 0644, "x").withRank(1)));

  private static TreeDelta nothingThere(FileTree tree) {
    return new TreeDelta(tree);
  }

  private static TreeDelta allThere() {
    TreeDelta delta = new TreeDelta(TREE);
    assertThat(delta.found("a", Type.DIRECTORY, 0755, 0, "")).isTrue();
    assertThat(delta.found("a/f", Type.FILE, 0644, 1, "")).isTrue();
    assertThat(delta.found("a/l", Type.LINK, 0777, 0, "to here")).isTrue();
    // Nobody said what mode this one has.
    assertThat(delta.found("i", Type.DIRECTORY, 0700, 0, "")).isTrue();
    assertThat(delta.found("i/g", Type.FILE, 0600, 1, "")).isTrue();
    assertThat(delta.found("z", Type.FILE, 0644, 1, "")).isTrue();
    for (String path : List.of("a/f", "i/g", "z")) {
      delta.digested(path, X);
    }
    return delta;
  }

  private static List<String> lines(TreeDelta delta) {
    List<String> lines = new ArrayList<>();
    delta.steps().forEachRemaining(step -> lines.add(step.line()));
    return lines;
  }

  @Test
  void onAnEmptyHostEverythingIsNewInTheOrderOfItsRanks() {
    assertThat(lines(nothingThere(TREE)))
        .containsExactly(
            "n d 0755 0/a",
            "i f " + X + " 0/a/f",
            "i l to\\0040here 0/a/l",
            "n f " + X + " 1/z",
            "n d 0755 2/i",
            "i f " + X + " 2/i/g");
    assertThat(nothingThere(TREE).isEmpty()).isFalse();
  }

  @Test
  void whatIsThereAsItShallBeNeedsNothing() {
    TreeDelta delta = allThere();
    assertThat(delta.isEmpty()).isTrue();
    assertThat(delta.hasUnread()).isFalse();
    assertThat(lines(delta)).isEmpty();
  }

  @Test
  void whatIsNotOfTheTreeIsSaid() {
    TreeDelta delta = allThere();
    assertThat(delta.found("a/theirs", Type.FILE, 0644, 1, "")).isFalse();
    assertThat(delta.found("theirs", null, 0, 0, "")).isFalse();
    delta.digested("a/theirs", X);
    assertThat(delta.isEmpty()).isTrue();
  }

  @Test
  void filesOfTheRightSizeAreToBeReadUntilTheirDigestIsKnown() {
    TreeDelta delta = new TreeDelta(TREE);
    delta.found("a", Type.DIRECTORY, 0755, 0, "");
    delta.found("a/f", Type.FILE, 0600, 1, "");
    delta.found("z", Type.FILE, 0644, 1, "");
    delta.found("i/g", Type.FILE, 0600, 2, "");
    List<String> unread = new ArrayList<>();
    delta.eachUnread(unread::add);
    assertThat(unread).containsExactly("a/f", "z");
    assertThat(delta.hasUnread()).isTrue();
    delta.digested("z", "00".repeat(32));
    assertThat(delta.hasUnread()).isTrue();
    delta.digested("a/f", X);
    delta.digested("i/g", X); // it has another size, so nobody asked
    unread.clear();
    delta.eachUnread(unread::add);
    assertThat(unread).containsExactly("z");
    assertThat(lines(delta))
        .containsExactly(
            "m f 0644,0600 0/a/f",
            "n l to\\0040here 0/a/l",
            "r f " + X + " 1/z",
            "n d 0755 2/i",
            "i f " + X + " 2/i/g");
  }

  @Test
  void whatIsOfAnotherKindOrPointsElsewhereIsReplaced() {
    TreeDelta delta = allThere();
    delta.found("a/f", Type.DIRECTORY, 0644, 1, "");
    delta.found("a/l", Type.LINK, 0777, 0, "to there");
    delta.found("i", Type.LINK, 0777, 0, "a");
    delta.found("z", null, 0, 0, "");
    delta.found("i/g", Type.FILE, 0600, 1, "");
    delta.digested("i/g", X);
    assertThat(delta.isEmpty()).isFalse();
    assertThat(lines(delta))
        .containsExactly(
            "r f " + X + " 0/a/f", "r l to\\0040here 0/a/l", "r f " + X + " 1/z", "r d 0755 2/i");
  }

  @Test
  void onlyTheModeIsSetWhereOnlyThatDiffers() {
    TreeDelta delta = allThere();
    delta.found("a", Type.DIRECTORY, 0700, 0, "");
    delta.found("a/l", Type.LINK, 0, 0, "to here"); // the mode of a link means nothing
    delta.found("z", Type.FILE, 0755, 1, "");
    assertThat(lines(delta))
        .as("not read yet")
        .containsExactly("m d 0755,0700 0/a", "r f " + X + " 1/z");
    delta.digested("z", X);
    assertThat(lines(delta)).containsExactly("m d 0755,0700 0/a", "m f 0644,0755 1/z");
    int index = TREE.columns().paths().find("z");
    assertThat(delta.modeThere(index)).hasValue(0755);
    assertThat(delta.modeThere(TREE.columns().paths().find("a/f"))).isEmpty();
    assertThat(delta.isEmpty()).isFalse();
  }

  @Test
  void aDirectoryThatItsOwnerMayNotFillGetsItsModeInTheEndInnerOnesFirst() {
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.directory("d", 0555),
                TreeFile.directory("d/e", 0),
                TreeFile.directory("ok", 0700),
                TreeFile.text("d/f", 0400, "x")));
    assertThat(lines(nothingThere(tree)))
        .containsExactly(
            "n d 0755 0/d",
            "i d 0700 0/d/e",
            "i f " + X + " 0/d/f",
            "n d 0700 0/ok",
            "m d 0000,0700 9/d/e",
            "m d 0555,0755 9/d");
    TreeDelta there = new TreeDelta(tree);
    there.found("d", Type.DIRECTORY, 0555, 0, "");
    there.found("d/e", Type.DIRECTORY, 0111, 0, "");
    there.found("ok", Type.DIRECTORY, 0700, 0, "");
    there.found("d/f", Type.FILE, 0400, 1, "");
    there.digested("d/f", X);
    assertThat(lines(there))
        .as("what is there keeps its place")
        .containsExactly("m d 0000,0111 0/d/e");
  }

  @Test
  void whatALaterRankPutsIntoADirectoryOfAnEarlierOneIsNew() {
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.text("d/early", 0644, "x"),
                TreeFile.text("d/late", 0644, "x").withRank(1),
                TreeFile.text("d/sub/late", 0644, "x").withRank(1),
                TreeFile.text("e", 0644, "x")));
    assertThat(lines(nothingThere(tree)))
        .containsExactly(
            "n d 0755 0/d",
            "i f " + X + " 0/d/early",
            "n f " + X + " 0/e",
            "n f " + X + " 1/d/late",
            "n d 0755 1/d/sub",
            "i f " + X + " 1/d/sub/late");
  }

  @Test
  void theHighestRankIsTheLast() {
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.text("a", 0644, "x").withRank(9),
                TreeFile.text("b", 0644, "x").withRank(8)));
    assertThat(lines(nothingThere(tree))).containsExactly("n f " + X + " 8/b", "n f " + X + " 9/a");
  }

  @Test
  void whatHasArrivedIsRememberedBesideWhatWasFound() {
    TreeDelta delta = nothingThere(TREE);
    int f = TREE.columns().paths().find("a/f");
    int z = TREE.columns().paths().find("z");
    assertThat(delta.hasArrived(f)).isFalse();
    delta.arrived(f);
    assertThat(delta.hasArrived(f)).isTrue();
    assertThat(delta.hasArrived(z)).isFalse();
    assertThat(delta.isMissing(f)).isTrue();
    assertThat(delta.isSame(f)).isFalse();
    assertThat(TransferSize.of(delta)).isEqualTo(new TransferSize(2, 2, 0));
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Which links lead out of a tree, without a host. {@link LinkKindsTest} sends them. */
class LeavingLinksTest {
  private static final String PLACE = "/srv/tree";

  private static Optional<String> leaving(String place, String... pathsAndTargets) {
    List<TreeFile> files = new ArrayList<>();
    files.add(TreeFile.text("d/e/f", 0644, "x"));
    for (int i = 0; i < pathsAndTargets.length; i += 2) {
      files.add(TreeFile.link(pathsAndTargets[i], pathsAndTargets[i + 1]));
    }
    return LeavingLinks.of(place, FileTree.of(files).columns());
  }

  private static void assertStays(String... pathsAndTargets) {
    assertThat(leaving(PLACE, pathsAndTargets)).as("%s", List.of(pathsAndTargets)).isEmpty();
  }

  private static void assertLeaves(String... pathsAndTargets) {
    assertThat(leaving(PLACE, pathsAndTargets)).as("%s", List.of(pathsAndTargets)).isPresent();
  }

  @Test
  @DisplayName("D15 a link stays in its tree when the way to its target does")
  void d15LinksThatStay() {
    assertStays("l", "d");
    assertStays("l", ".");
    assertStays("d/l", "..");
    assertStays("d/e/l", "../..");
    assertStays("d/l", "e/../../d/./e/f");
    assertStays("l", "not/there");
    assertStays("l", "l");
    assertStays("a", "b", "b", "a");
    assertStays("l", PLACE);
    assertStays("d/l", "/" + PLACE + "/./d/");
    assertStays("d/l", "/./srv/./tree/d");
    assertStays("a", "d/e", "l", "a/../..");
    assertStays("d/e/a", PLACE + "/d", "l", "d/e/a/..");
  }

  @Test
  @DisplayName("D15 a link leaves its tree when the way to its target does, even if it comes back")
  void d15LinksThatLeave() {
    assertLeaves("l", "..");
    assertLeaves("l", "../tree/d");
    assertLeaves("d/l", "../../x");
    assertLeaves("l", "/");
    assertLeaves("l", "/srv");
    assertLeaves("l", "/srv/tree-2/f");
    assertLeaves("l", "/srv/other/tree");
    assertLeaves("l", "/etc/passwd");
    assertLeaves("l", PLACE + "/../x");
    assertLeaves("l", PLACE + "/d/../..");
    assertLeaves("a", "d", "l", "a/../..");
    assertLeaves("d/e/a", PLACE, "l", "d/e/a/..");
    assertThat(leaving(PLACE, "a", "/etc", "l", "a/x").orElseThrow()).contains("and 1 more do so");
  }

  @Test
  @DisplayName("D15 a way through forty more links is followed, and a longer one leads nowhere")
  void d15ChainsAreFollowedAsFarAsTheSystemDoes() {
    assertThat(chain(41).orElseThrow()).contains("link c00 points at c01").contains("and 40 more");
    assertThat(chain(42).orElseThrow()).contains("link c01 points at c02").contains("and 40 more");
  }

  /** {@code c10 -> c11 -> ... -> ..}, so many links to the one that leads out. */
  private static Optional<String> chain(int length) {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      links.add(String.format("c%02d", i));
      links.add(i == length - 1 ? "../x" : String.format("c%02d", i + 1));
    }
    return leaving(PLACE, links.toArray(new String[0]));
  }

  @Test
  void theFirstLinkIsNamedAndTheOthersAreCounted() {
    assertThat(leaving(PLACE, "b", "/x"))
        .hasValue(
            "the tree for /srv/tree leads out of itself: its link b points at /x. Such links are"
                + " sent only when linksLeavingTree(true), or TreeOption.LINKS_LEAVING_TREE, allows"
                + " it");
    assertThat(leaving(PLACE, "b", "/x", "c", "d", "d/z", "/y", "e", "/z").orElse(""))
        .contains("its link b points at /x, and 2 more do so. Such");
  }

  @Test
  void nothingLeavesATreeThatLiesAtTheRoot() {
    assertThat(leaving("/", "l", "/etc/passwd", "m", "../..")).isEmpty();
  }
}

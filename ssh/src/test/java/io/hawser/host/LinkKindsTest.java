package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which links a tree may hold, and that they arrive as links. */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class LinkKindsTest {
  private static final String PLACE = TreeTransferTest.TARGET;

  /** A kind of link, where it lies, and where it points. */
  private enum Kind {
    TO_A_FILE("d/e/file-link", "f", true),
    TO_A_DIRECTORY("to-directory", "d", true),
    DANGLING("d/dangling", "not/there", true),
    TO_ITSELF("loop", "loop", true),
    TO_ITS_OWN_DIRECTORY("d/here", ".", true),
    TO_ITS_PARENT("d/up", "..", true),
    DOWN_AND_UP_AGAIN("d/around", "e/../../d/../to-directory", true),
    ABSOLUTE_BELOW_THE_PLACE("d/below", PLACE + "/d/e/f", true),
    ABSOLUTE_TO_THE_PLACE("d/place", "/" + PLACE + "/.", true),
    TO_A_LINK_THAT_STAYS("d/second", "../to-directory/e", true),
    ABOVE_THE_TREE("above", "..", false),
    FAR_ABOVE_THE_TREE("d/far", "../../../etc/passwd", false),
    ABSOLUTE("d/absolute", "/etc/passwd", false),
    TO_THE_ROOT("root", "/", false),
    ABSOLUTE_BESIDE_THE_PLACE("beside", PLACE + "-2/f", false),
    ABSOLUTE_AND_ABOVE("sneaky", PLACE + "/d/../../other", false),
    // By its names alone it would end at d/x; the system goes up from where top leads.
    THROUGH_A_LINK("d/e/through", "top/../../x", false);

    private final String path;
    private final String target;
    private final boolean stays;

    Kind(String path, String target, boolean stays) {
      this.path = path;
      this.target = target;
      this.stays = stays;
    }

    TreeFile link() {
      return TreeFile.link(path, target);
    }
  }

  private final TreeTransferTest transfer;
  private final TestHost host;
  private final Map<String, String> bare;

  LinkKindsTest(String shell, @TempDir Path temp) throws IOException {
    transfer = new TreeTransferTest(shell, temp);
    host = transfer.host;
    bare = transfer.bare;
  }

  private static FileTree tree(Stream<Kind> kinds) {
    List<TreeFile> files = new ArrayList<>();
    files.add(TreeFile.text("d/e/f", 0644, "content"));
    files.add(TreeFile.link("d/e/top", "../.."));
    kinds.map(Kind::link).forEach(files::add);
    return FileTree.of(files);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("D15 a link that leaves the tree is refused with what allows it, others are not")
  void d15ALinkThatLeavesTheTreeIsRefused(Kind kind) {
    FileTree tree = tree(Stream.of(kind));
    if (kind.stays) {
      assertThatCode(() -> new TreeChange(PLACE, tree)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> new TreeChange(PLACE, tree))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(PLACE)
          .hasMessageContaining("link " + kind.path + " points at " + kind.target)
          .hasMessageContaining("linksLeavingTree(true)");
    }
    // There is nothing above the root.
    assertThatCode(() -> new TreeChange("/", tree)).doesNotThrowAnyException();
  }

  @Test
  @DisplayName("D15 links of all kinds arrive as links and are not followed")
  void d15LinksOfAllKindsArriveAsLinks() throws IOException {
    host.write("/etc/passwd", "stays");
    host.write("/var/lib/other", "stays");
    Map<String, String> before = host.snapshot();
    FileTree staying = tree(Stream.of(Kind.values()).filter(kind -> kind.stays));
    FileTree all = tree(Stream.of(Kind.values()));
    assertThat(transfer.put(staying).outcome()).isEqualTo(CHANGED);
    transfer.assertThere(staying);
    Set<TreeOption> allowed = Set.of(TreeOption.LINKS_LEAVING_TREE);
    assertThat(transfer.put(all, allowed).outcome()).isEqualTo(CHANGED);
    transfer.assertThere(all);
    assertThat(transfer.put(all, allowed).outcome()).isEqualTo(SAME);
    host.undo();
    assertThat(host.snapshot()).isEqualTo(before).containsAllEntriesOf(bare);
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Into which parts a tree is cut. */
class TreeBatchesTest {
  private static final Path NOWHERE = Path.of("/no/such/file");

  private static TreeFile file(String path, long size) {
    return TreeFile.file(path, 0644, size, NOWHERE);
  }

  private static TreeBatches batches(List<TreeFile> files) {
    return new TreeBatches(new TreeDelta(FileTree.of(files)));
  }

  private static List<String> names(List<TreeStep> steps) {
    return steps.stream().map(TreeStep::path).toList();
  }

  @Test
  void directoriesAndLinksComeFirstWhateverTheirRank() {
    TreeBatches batches =
        batches(
            List.of(
                file("a/f", 1),
                TreeFile.link("l", "a").withRank(3),
                TreeFile.directory("z", 0755).withRank(5)));
    assertThat(batches.hasHolders()).isTrue();
    assertThat(names(batches.first())).containsExactly("a", "l", "z", "a/f");
    assertThat(batches.hasHolders()).isFalse();
    assertThat(batches.next()).isEmpty();
  }

  @Test
  void tenThousandEntriesAreInAPart() {
    List<TreeFile> files = new ArrayList<>();
    for (int i = 0; i < 10_003; i++) {
      files.add(TreeFile.directory(String.format("d%05d", i), 0755));
      files.add(file(String.format("f%05d", i), 0));
    }
    TreeBatches batches = batches(files);
    assertThat(batches.first()).hasSize(10_000).noneMatch(TreeStep::isFile);
    assertThat(batches.hasHolders()).isTrue();
    List<TreeStep> second = batches.next();
    assertThat(second).hasSize(10_000);
    assertThat(names(second.subList(0, 4))).containsExactly("d10000", "d10001", "d10002", "f00000");
    assertThat(names(batches.next())).hasSize(6).contains("f10002");
    assertThat(batches.next()).isEmpty();
  }

  @Test
  void noMoreBytesAreInAPartThanItHolds() {
    long piece = LargeFile.PIECE;
    List<TreeFile> files = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      files.add(file("f" + i, piece));
    }
    files.add(file("g", 1));
    TreeBatches batches = batches(files);
    assertThat(names(batches.first())).as("512 MiB exactly").hasSize(8).endsWith("f7");
    assertThat(names(batches.next())).containsExactly("f8", "g");
  }

  @Test
  void aLongFileIsAloneAndNotInTheFirstPart() {
    long large = LargeFile.PIECE + 1L;
    TreeBatches batches = batches(List.of(file("a", large), file("b", 1), file("c", large)));
    assertThat(batches.first()).as("makes the staging").isEmpty();
    List<TreeStep> alone = batches.next();
    assertThat(names(alone)).containsExactly("a");
    assertThat(TreeBatches.isLarge(alone)).isTrue();
    List<TreeStep> small = batches.next();
    assertThat(names(small)).containsExactly("b");
    assertThat(TreeBatches.isLarge(small)).isFalse();
    assertThat(names(batches.next())).containsExactly("c");
    assertThat(batches.next()).isEmpty();
    assertThat(TreeBatches.isLarge(batches.next())).isFalse();
  }

  @Test
  void whatHasArrivedAndWhatOnlyGetsAModeIsNotSent() {
    FileTree tree = FileTree.of(List.of(file("a", 1), file("b", 1), TreeFile.directory("d", 0)));
    TreeDelta delta = new TreeDelta(tree);
    delta.arrived(tree.columns().paths().find("a"));
    assertThat(names(new TreeBatches(delta).first())).containsExactly("d", "b");
  }
}

package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {
  @TempDir private Path temp;

  private static List<String> paths(FileTree tree) {
    return tree.files().stream().map(TreeFile::path).toList();
  }

  private void sh(String script) throws Exception {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).directory(temp.toFile()).start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void scannedEntriesKnowTheirModeSizeTargetAndContent() throws Exception {
    sh("umask 0; mkdir -p d/e; printf abc >d/f; chmod 640 d/f; ln -s '../x y' d/l; chmod 1777 d/e");
    FileTree tree = FileTree.scan(temp, path -> true);
    assertThat(paths(tree)).containsExactly("d", "d/e", "d/f", "d/l");
    assertThat(tree.files().get(1).mode()).isEqualTo(01777);
    TreeFile file = tree.files().get(2);
    assertThat(file.mode()).isEqualTo(0640);
    assertThat(file.size()).isEqualTo(3);
    assertThat(file.sha256()).isEqualTo(TreeFile.text("x", 0, "abc").sha256());
    assertThat(tree.files().get(3).linkTarget()).isEqualTo("../x y");
    assertThat(tree.bytes()).isEqualTo(3);
  }

  @Test
  @DisplayName("D18 rights of the owner are not given to whoever runs a file")
  void d18RightsOfTheOwnerAreNotGivenToWhoeverRunsAFile() throws Exception {
    sh("echo x >f; chmod 6755 f");
    assertThat(FileTree.scan(temp, path -> true).files().get(0).mode()).isEqualTo(0755);
  }

  @Test
  @DisplayName("D14 names that are not text are refused with their directory")
  void d14NamesThatAreNotTextAreRefusedWithTheirDirectory() throws Exception {
    sh("mkdir d; : >\"d/$(printf 'caf\\351')\"");
    assertThatThrownBy(() -> FileTree.scan(temp, path -> true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(temp.resolve("d").toString())
        .hasMessageContaining("encoding of file names");
    sh("rm -r d; : >\"$(printf 'a\\nb')\"");
    assertThatThrownBy(() -> FileTree.scan(temp, path -> true)).hasMessageContaining("line break");
  }

  @Test
  @DisplayName("D17 special files are refused and not opened")
  void d17SpecialFilesAreRefusedAndNotOpened() throws Exception {
    sh("mkfifo pipe");
    assertThatThrownBy(() -> FileTree.scan(temp, path -> true))
        .hasMessageContaining("pipe is neither");
  }

  @Test
  void whatIsLeftOutIsNotEntered() throws Exception {
    sh("mkdir a b; : >a/f; : >b/f; chmod 0 b");
    assertThat(paths(FileTree.scan(temp, path -> !path.equals("b")))).containsExactly("a", "a/f");
    Files.setPosixFilePermissions(temp.resolve("b"), PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void directoriesThatNobodyNamedAreNotListedButTheirRankIsThatOfTheFirstInside() {
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.text("a/b/late", 0644, "x").withRank(3),
                TreeFile.text("a/early", 0644, "x").withRank(1),
                TreeFile.directory("named", 0700).withRank(5),
                TreeFile.text("named/f", 0644, "x").withRank(2)));
    assertThat(paths(tree)).containsExactly("a/b/late", "a/early", "named", "named/f");
    TreeColumns columns = tree.columns();
    assertThat(columns.count()).isEqualTo(6);
    assertThat(columns.isImplied(columns.paths().find("a"))).isTrue();
    assertThat(columns.rank(columns.paths().find("a"))).isEqualTo(1);
    assertThat(columns.rank(columns.paths().find("a/b"))).isEqualTo(3);
    assertThat(columns.rank(columns.paths().find("named"))).isEqualTo(2);
  }

  @Test
  void aTreeLaidOverAnotherWinsWithAllThatIsInIt() throws Exception {
    sh("mkdir -p x/y; echo 1 >x/y/f; echo 1 >file; ln -s t link; echo 1 >same; echo 1 >z");
    FileTree under = FileTree.scan(temp, path -> true);
    FileTree over =
        FileTree.of(
            List.of(
                TreeFile.text("x/y", 0644, "now a file"),
                TreeFile.text("file/in", 0644, "now a directory"),
                TreeFile.text("link/in", 0644, "too"),
                TreeFile.text("same", 0600, "2")));
    FileTree both = under.with(over);
    assertThat(paths(both)).containsExactly("file/in", "link/in", "same", "x", "x/y", "z");
    assertThat(both.files().get(2).mode()).isEqualTo(0600);
    assertThat(both.files().get(4).size()).isEqualTo(10);
    assertThat(under.with(FileTree.of(List.of()))).isSameAs(under);
    assertThat(FileTree.of(List.of()).with(under)).isSameAs(under);
  }

  @Test
  void treesThatAreMadeOfAScanShareItsDigests() throws Exception {
    sh("echo content >f");
    FileTree scanned = FileTree.scan(temp, path -> true);
    FileTree first = scanned.with(FileTree.of(List.of(TreeFile.text("a", 0644, "x"))));
    FileTree second = scanned.only(file -> true);
    String digest = first.columns().digest(first.columns().paths().find("f"));
    Files.delete(temp.resolve("f"));
    assertThat(second.columns().knownDigest(0)).isEqualTo(digest);
    assertThat(scanned.files().get(0).sha256()).isEqualTo(digest);
  }

  @Test
  void aBlobIsKnownByItsNameUnlessItIsNoFile() throws Exception {
    String digest = "ab".repeat(32);
    sh(
        "mkdir -p blobs/sha256/"
            + "cd".repeat(32)
            + "; echo x >blobs/sha256/"
            + digest
            + "; echo x >f");
    TreeColumns columns = FileTree.scan(temp, path -> true).columns();
    assertThat(columns.knownDigest(columns.paths().find("blobs/sha256/" + digest)))
        .isEqualTo(digest);
    assertThat(columns.digest(columns.paths().find("blobs/sha256/" + digest))).isEqualTo(digest);
    assertThat(columns.knownDigest(columns.paths().find("blobs/sha256/" + "cd".repeat(32))))
        .isNull();
    assertThat(columns.knownDigest(columns.paths().find("f"))).isNull();
  }

  @Test
  void treesOfSeveralSourcesAreSentFromEach() throws Exception {
    sh("mkdir -p one/d two/d; echo 1 >one/d/f; echo 1 >one/g; echo 22 >two/d/f; echo 22 >two/h");
    FileTree one = FileTree.scan(temp.resolve("one"), path -> true);
    FileTree two = FileTree.scan(temp.resolve("two"), path -> true);
    FileTree both = one.with(two).with(FileTree.scan(temp.resolve("one/d"), path -> true));
    assertThat(paths(both)).containsExactly("d", "d/f", "f", "g", "h");
    for (TreeFile file : both.files()) {
      if (file.type() == TreeFile.Type.FILE) {
        boolean second = file.path().equals("d/f") || file.path().equals("h");
        assertThat(file.open()).as(file.path()).hasContent(second ? "22\n" : "1\n");
        assertThat(file.sha256())
            .isEqualTo(TreeFile.text("x", 0, second ? "22\n" : "1\n").sha256());
      }
    }
    assertThat(both.bytes()).isEqualTo(3 + 2 + 2 + 3);
  }

  @Test
  @DisplayName("D18 rights of the owner are given where that is asked for")
  void d18RightsOfTheOwnerAreGivenWhereThatIsAskedFor() throws Exception {
    sh("echo x >f; chmod 6755 f; mkdir d; chmod 3770 d");
    Set<TreeOption> options = Set.of(TreeOption.SET_ID_BITS);
    assertThat(FileTree.scan(temp, path -> true, options).files())
        .extracting(TreeFile::mode)
        .containsExactly(03770, 06755);
    assertThat(FileTree.scan(temp, path -> true).files())
        .extracting(TreeFile::mode)
        .containsExactly(01770, 0755);
  }

  @Test
  void onlyKeepsWhatAConditionHoldsForAndTheDirectoriesOfThat() throws Exception {
    sh("mkdir -p a/b c; echo 1 >a/b/x.tmpl; echo 1 >a/y; chmod 700 a");
    FileTree tree = FileTree.scan(temp, path -> true).only(file -> file.path().endsWith(".tmpl"));
    assertThat(paths(tree)).containsExactly("a/b/x.tmpl");
  }

  @Test
  void anEntryInAFileIsRefused() {
    assertThatThrownBy(
            () ->
                FileTree.of(List.of(TreeFile.text("a", 0644, ""), TreeFile.text("a/b", 0644, ""))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a/b")
        .hasMessageContaining("a is not a directory");
  }
}

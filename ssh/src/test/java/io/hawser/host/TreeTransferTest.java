package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * In /bin/sh; with {@code -Dhawser.long=true} in all shells of this machine. In every build {@link
 * EveryShellTest} runs a part of it in the others.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class TreeTransferTest {
  static final String TARGET = "/var/lib/tree";

  final TestHost host;
  private final Path temp;
  final Map<String, String> bare;

  TreeTransferTest(String shell, @TempDir Path temp) throws IOException {
    this.temp = temp;
    host = new TestHost(temp, shell);
    host.write("/etc/theirs", "x");
    bare = host.snapshot();
  }

  ChangeResult put(FileTree tree) {
    return put(tree, Set.of());
  }

  ChangeResult put(FileTree tree, Set<TreeOption> options) {
    TreeChange change = new TreeChange(TARGET, tree, TreeChange.Check.FULL, options);
    return host.access.apply("test", List.of(change)).get(0);
  }

  void assertThere(FileTree tree) throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (TreeFile file : tree.files()) {
      String mode = Snapshot.mode(file.mode());
      expected.put(
          file.path(),
          switch (file.type()) {
            case FILE -> "file " + mode + " " + file.sha256();
            case DIRECTORY -> "directory " + mode;
            case LINK -> "link " + file.linkTarget();
          });
    }
    assertThat(Snapshot.of(host.path(TARGET))).containsAllEntriesOf(expected);
  }

  static FileTree sample() {
    return FileTree.of(
        List.of(
            TreeFile.directory("bin", 0755),
            TreeFile.text("bin/run", 0755, "#!/bin/sh\n"),
            TreeFile.text("etc/deep/er/conf", 0640, "x=1\n"),
            TreeFile.directory("empty", 0700),
            TreeFile.directory("locked", 0555),
            TreeFile.directory("locked/below", 0),
            TreeFile.text("locked/file", 0400, "x"),
            TreeFile.text("zero", 0644, ""),
            TreeFile.link("current", "bin/run"),
            TreeFile.text("blobs/aa/data", 0644, "blob a").withRank(0),
            TreeFile.text("repo/_layers/link", 0644, "sha256:aa").withRank(1),
            TreeFile.text("repo/_manifests/rev", 0644, "rev").withRank(2),
            TreeFile.text("repo/_manifests/tags/latest", 0644, "tag").withRank(3)));
  }

  @Test
  void aTreeArrivesWithModesAndLinksAndIsSentOnlyOnce() throws IOException {
    ChangeResult first = put(sample());
    assertThat(first.outcome()).as(first.message()).isEqualTo(CHANGED);
    assertThat(first.message()).startsWith("8 files,").contains("bytes sent");
    assertThere(sample());
    TreeChange change = new TreeChange(TARGET, sample());
    assertThat(TestHost.outcomes(host.access.compare(List.of(change)))).containsExactly(SAME);
    byte[] journal = Files.readAllBytes(host.path("/var/lib/hawser/c1/journal"));
    assertThat(put(sample()).outcome()).isEqualTo(SAME);
    assertThat(host.path("/var/lib/hawser/c1/journal")).hasBinaryContent(journal);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D14 names arrive byte for byte")
  void d14NamesArriveByteForByte() throws IOException {
    List<TreeFile> files = new ArrayList<>();
    List<String> names =
        List.of(
            "-rf",
            "--",
            "a b",
            " lead",
            "trail ",
            "tab\there",
            "$(touch x)",
            "`y`",
            "*",
            "?",
            "[a]",
            "'",
            "\"",
            "\\",
            "\\\\n",
            "a\\0101",
            "%s",
            "%",
            "~",
            "#c",
            "\u00fc",
            "u\u0308",
            "\u6f22",
            "\u0001",
            "\u007f",
            "n".repeat(255),
            "...",
            ";",
            "&",
            "|",
            "!",
            "=",
            "a:b",
            "\u00a0");
    for (String name : names) {
      files.add(TreeFile.text(name + "/" + name, 0600, "in " + name));
      files.add(TreeFile.text("flat " + name.substring(0, Math.min(200, name.length())), 0644, ""));
      files.add(
          TreeFile.link("l" + name.substring(0, Math.min(200, name.length())), "-to " + name));
    }
    FileTree tree = FileTree.of(files);
    ChangeResult result = put(tree);
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertThere(tree);
    assertThat(put(tree).outcome()).isEqualTo(SAME);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D20 files become directories and directories files and back")
  void d20FilesBecomeDirectoriesAndDirectoriesFilesAndBack() throws IOException {
    FileTree one =
        FileTree.of(
            List.of(
                TreeFile.text("a", 0644, "file"),
                TreeFile.text("b/c/d", 0644, "deep"),
                TreeFile.link("l", "b"),
                TreeFile.text("same", 0600, "same")));
    FileTree two =
        FileTree.of(
            List.of(
                TreeFile.text("a/x/y", 0644, "now a directory"),
                TreeFile.text("b", 0644, "now a file"),
                TreeFile.text("l/m", 0644, "was a link"),
                TreeFile.text("same", 0640, "same")));
    put(one);
    Map<String, String> first = Snapshot.of(host.path(TARGET));
    ChangeResult result = put(two);
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertThat(result.message()).startsWith("3 files").endsWith("1 modes set");
    assertThere(two);
    assertThat(put(two).outcome()).isEqualTo(SAME);
    long newest = host.access.journal().get(host.access.journal().size() - 1).sequence();
    assertThat(TestHost.outcomes(host.access.undo(entry -> entry.sequence() == newest)))
        .containsExactly(CHANGED);
    assertThat(Snapshot.of(host.path(TARGET))).isEqualTo(first);
    host.undo();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D4 D5 damaged files are found and replaced")
  void d4AndD5DamagedFilesAreFoundAndReplaced() throws IOException {
    put(sample());
    host.write(TARGET + "/blobs/aa/data", "blob b");
    host.write(TARGET + "/repo/_layers/link", "");
    assertThat(put(sample()).message()).startsWith("2 files");
    assertThere(sample());
  }

  @Test
  @DisplayName("D9 a source that changes while it is sent changes nothing")
  void d9ASourceThatChangesWhileItIsSentChangesNothing() throws IOException {
    Path source = Files.writeString(temp.resolve("source"), "twelve bytes");
    TreeFile shrunk = TreeFile.file("f", 0644, 13, source);
    TreeFile grown = TreeFile.file("f", 0644, 11, source);
    TreeFile other = TreeFile.file("f", 0644, 12, source).withSha256("ab".repeat(32));
    TreeFile gone = TreeFile.file("f", 0644, 12, temp.resolve("missing"));
    for (TreeFile file : List.of(shrunk, grown, other, gone)) {
      ChangeResult result = put(FileTree.of(List.of(file, TreeFile.text("g", 0644, "g"))));
      assertThat(result.outcome()).isEqualTo(FAILED);
      assertThat(result.message()).contains("source of f").contains("put in place");
      assertThat(host.path(TARGET + "/f")).doesNotExist();
      assertThat(host.path(TARGET + "/g")).doesNotExist();
    }
    host.undo();
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  void aStagingWithForeignFilesIsThrownAway() throws IOException {
    host.write(TARGET + "/.hawser-stage-c1/0/dir/foreign", "x");
    FileTree tree = FileTree.of(List.of(TreeFile.text("dir/ours", 0644, "y")));
    assertThat(put(tree).outcome()).isEqualTo(CHANGED);
    assertThat(Snapshot.of(host.path(TARGET))).containsOnlyKeys("", "dir", "dir/ours");
  }

  @Test
  @DisplayName("D18 modes do not depend on the umask")
  void d18ModesDoNotDependOnTheUmask() throws IOException {
    host.shell.editScripts(text -> "umask 0\n" + text.replace("umask 077", "umask 0"));
    put(sample());
    assertThere(sample());
    host.shell.editScripts(text -> text);
    host.undo();
    put(sample());
    assertThere(sample());
  }

  @Test
  void threeThousandSmallFilesTakeSeconds() throws IOException {
    List<TreeFile> files = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      files.add(TreeFile.text("d" + i % 100 + "/f" + i, 0644, "small " + i));
    }
    FileTree tree = FileTree.of(files);
    host.write(TARGET + "/d7/theirs", "x");
    List<Duration> times = new ArrayList<>();
    for (HostChange.Outcome expected : List.of(CHANGED, SAME)) {
      long began = System.nanoTime();
      assertThat(put(tree).outcome()).isEqualTo(expected);
      times.add(Duration.ofNanos(System.nanoTime() - began));
    }
    List<TreeFile> edited =
        files.stream().map(f -> TreeFile.text(f.path(), 0644, "v2 " + f.path())).toList();
    long began = System.nanoTime();
    assertThat(put(FileTree.of(edited)).outcome()).isEqualTo(CHANGED);
    times.add(Duration.ofNanos(System.nanoTime() - began));
    began = System.nanoTime();
    assertThat(host.undo()).containsOnly(CHANGED);
    times.add(Duration.ofNanos(System.nanoTime() - began));
    LoggerFactory.getLogger(getClass()).info("put, again, replace, undo: {}", times);
    assertThat(times).allMatch(time -> time.compareTo(Duration.ofSeconds(30)) < 0);
    assertThat(Snapshot.of(host.path(TARGET)).keySet()).containsOnly("", "d7", "d7/theirs");
  }

  @Test
  @DisplayName("D9 a scanned source that is written to afterwards is refused")
  void d9AScannedSourceThatIsWrittenToAfterwardsIsRefused() throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    Files.writeString(source.resolve("f"), "content");
    FileTree tree = FileTree.scan(source, path -> true);
    Files.writeString(source.resolve("f"), "CONTENT");
    Files.setLastModifiedTime(source.resolve("f"), FileTime.fromMillis(5));
    ChangeResult result = put(tree);
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.message()).contains("source of f was changed while it was sent");
    assertThat(host.path(TARGET + "/f")).doesNotExist();
  }
}

package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What undo does not touch, with the tools of GNU and those of busybox. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
class UndoGuardTest {
  private static final String TARGET = "/opt/app/t";
  private static final FileTree TREE =
      FileTree.of(
          List.of(
              TreeFile.text("bin/run", 0755, "run"),
              TreeFile.text("bin/deep/er", 0644, "deep"),
              TreeFile.text("top", 0644, "top")));

  private final TestHost host;
  private final Path elsewhere;
  private final Map<String, String> bare;

  UndoGuardTest(boolean busybox, @TempDir Path temp) throws IOException {
    Path program = Path.of("/usr/bin/busybox");
    assumeThat(!busybox || Files.isExecutable(program)).as("busybox is here").isTrue();
    // Each call has mounts of its own, so none is left by a test.
    boolean mounts = new ProcessBuilderExit("unshare", "-m", "true").succeeded();
    host = new TestHost(temp, mounts ? "unshare -m /bin/sh" : "/bin/sh");
    if (busybox) {
      host.withBusybox();
    }
    elsewhere = Files.createDirectories(temp.resolve("else where"));
    host.write("/etc/theirs", "x");
    bare = host.snapshot();
  }

  private void put() {
    assertThat(host.apply(new TreeChange(TARGET, TREE))).containsExactly(CHANGED);
  }

  /** Their data, of which a part happens to be byte for byte what we wrote. */
  private Map<String, String> fillElsewhere() throws IOException {
    Files.createDirectories(elsewhere.resolve("deep"));
    Files.writeString(elsewhere.resolve("run"), "run");
    Files.writeString(elsewhere.resolve("top"), "top");
    Files.writeString(elsewhere.resolve("deep/er"), "deep");
    Files.writeString(elsewhere.resolve("precious"), "precious");
    return Snapshot.of(elsewhere);
  }

  private void mountElsewhereOn(String place) {
    assumeThat(new ProcessBuilderExit("unshare", "-m", "true").succeeded())
        .as("mounts can be made here")
        .isTrue();
    String mount = "mount --bind '" + elsewhere + "' '" + host.path(place) + "' || exit 9\n";
    host.shell.editScripts(text -> mount + text);
  }

  private void unmount() {
    host.shell.editScripts(text -> text);
  }

  @Test
  @DisplayName("D22 what is mounted in a tree is not touched, and a later undo ends the work")
  void whatIsMountedInATree() throws IOException {
    put();
    Map<String, String> theirs = fillElsewhere();
    for (String place : List.of("/bin", "/bin/deep", "")) {
      mountElsewhereOn(TARGET + place);
      List<ChangeResult> results = host.access.undo(entry -> true);
      assertThat(results.get(0).outcome()).as(place).isEqualTo(FAILED);
      assertThat(results.get(0).message()).contains(host.path(TARGET + place) + " is mounted");
      assertThat(Snapshot.of(elsewhere)).isEqualTo(theirs);
      assertThat(host.access.journal()).anyMatch(entry -> entry.kind().equals("tree"));
      unmount();
    }
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D22 what is mounted on the directory of a tree that was there is not touched")
  void whatHidesATree() throws IOException {
    host.write(TARGET + "/before", "x");
    Map<String, String> before = host.snapshot();
    put();
    Files.writeString(elsewhere.resolve("precious"), "precious");
    mountElsewhereOn(TARGET);
    assertThat(host.undo()).containsExactly(FAILED);
    assertThat(elsewhere.resolve("precious")).hasContent("precious");
    unmount();
    assertThat(host.undo()).containsExactly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "D22 what is mounted on or in a directory that was made is not touched, purge or not")
  void whatIsMountedOnADirectory() throws IOException {
    host.apply(new DirectoryChange("/opt/data", 0755), FileChange.plain("/opt/data/f", "run"));
    Map<String, String> theirs = fillElsewhere();
    Files.createDirectory(host.path("/opt/data/added"));
    for (String place : List.of("/opt/data", "/opt/data/added")) {
      mountElsewhereOn(place);
      List<ChangeResult> results = host.access.undo(entry -> true, Set.of(UndoOption.PURGE));
      assertThat(results)
          .anyMatch(
              result ->
                  result.outcome() == FAILED
                      && result.message().contains(host.path(place) + " is mounted"));
      assertThat(Snapshot.of(elsewhere)).isEqualTo(theirs);
      unmount();
    }
    Files.delete(host.path("/opt/data/added"));
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D22 a directory of ours that somebody made a link is not followed")
  void aDirectoryThatBecameALink() throws IOException {
    put();
    host.apply(
        FileChange.plain("/opt/app/f", "top"), new DirectoryChange("/opt/app/t/bin/deep", 0700));
    Files.move(host.path("/opt/app"), elsewhere.resolve("app"));
    Map<String, String> theirs = Snapshot.of(elsewhere);
    Files.createSymbolicLink(host.path("/opt/app"), elsewhere.resolve("app"));
    assertThat(host.undo()).contains(KEPT).doesNotContain(FAILED);
    assertThat(Snapshot.of(elsewhere)).isEqualTo(theirs);
    assertThat(host.path("/opt/app")).isSymbolicLink();
    assertThat(host.access.journal()).isEmpty();
  }

  @Test
  @DisplayName("D22 what was replaced is put back when the link that hides its place is gone")
  void whatWasReplacedBehindALink() throws IOException {
    host.write(TARGET + "/bin/run", "theirs");
    Map<String, String> before = host.snapshot();
    put();
    Path bin = host.path(TARGET + "/bin");
    Files.move(bin, elsewhere.resolve("bin"));
    Map<String, String> theirs = Snapshot.of(elsewhere);
    Files.createSymbolicLink(bin, elsewhere.resolve("bin"));
    assertThat(host.undo()).containsExactly(FAILED);
    assertThat(Snapshot.of(elsewhere)).isEqualTo(theirs);
    Files.delete(bin);
    Files.move(elsewhere.resolve("bin"), bin);
    assertThat(host.undo()).containsExactly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "D21 files that others added stay and are listed; purge removes them, only when asked")
  void whatOthersAdded() throws IOException {
    for (boolean purge : List.of(false, true)) {
      put();
      host.apply(FileChange.plain("/opt/own/f", "x"));
      host.write("/opt/own/ours not", "mine");
      host.write(TARGET + "/bin/added", "mine");
      host.write(TARGET + "/bin/new dir/file", "mine");
      Files.createSymbolicLink(host.path(TARGET + "/bin/new dir/etc"), host.path("/etc"));
      assertThat(host.apply(new TreeChange(TARGET, TREE))).containsExactly(HostChange.Outcome.SAME);
      List<ChangeResult> results =
          host.access.undo(entry -> true, purge ? Set.of(UndoOption.PURGE) : Set.of());
      String said = results.stream().map(ChangeResult::message).collect(Collectors.joining("|"));
      if (purge) {
        assertThat(results).extracting(ChangeResult::outcome).containsOnly(CHANGED);
        assertThat(host.snapshot()).isEqualTo(bare);
      } else {
        assertThat(said)
            .contains("./bin/added ./bin/new dir/etc ./bin/new dir/file (3 in all)")
            .contains("ours not (1 in all)");
        assertThat(host.read(TARGET + "/bin/added")).isEqualTo("mine");
        assertThat(host.access.journal()).isEmpty();
        deleteTree(host.path("/opt"));
      }
    }
  }

  @Test
  @DisplayName("D21 purge leaves what another cluster made in a directory of ours")
  void purgeLeavesOtherClusters() throws IOException {
    host.apply(FileChange.plain("/opt/shared/ours", "x"));
    host.write("/opt/shared/theirs", "x");
    Files.createDirectories(host.path("/var/lib/hawser/c2"));
    host.write(
        "/var/lib/hawser/c2/journal",
        JournalText.of(List.of("S 1 test file /opt/shared/theirs 00 -", "D 1")));
    assertThat(TestHost.outcomes(host.access.undo(e -> true, Set.of(UndoOption.PURGE))))
        .contains(KEPT);
    assertThat(host.path("/opt/shared/theirs")).exists();
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /** Whether a program can be run here. */
  private record ProcessBuilderExit(String... words) {
    boolean succeeded() {
      try {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}

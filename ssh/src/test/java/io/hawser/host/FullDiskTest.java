package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees for disks that say they have no room, and tools that cannot write. */
class FullDiskTest {
  private static final String TARGET = "/srv/tree";

  private final Path temp;
  private final TestHost host;
  private final Map<String, String> bare;

  FullDiskTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    host = new TestHost(temp, "/bin/sh");
    Files.createDirectories(host.path("/srv"));
    bare = host.snapshot();
  }

  private void free(long blocks, String inodes) throws IOException {
    free("echo '4096 " + blocks + " 1000000 " + inodes + "'");
  }

  private void free(String shell) throws IOException {
    String rest = "else exec /usr/bin/stat \"$@\"; fi\n";
    host.program("stat", "#!/bin/sh\nif [ \"$1\" = -f ]; then " + shell + "; " + rest);
  }

  private static FileTree files(int count, int bytes) {
    String content = "x".repeat(bytes);
    return FileTree.of(
        IntStream.range(0, count).mapToObj(i -> TreeFile.text("f" + i, 0644, content)).toList());
  }

  private ChangeResult put(FileTree tree) {
    return host.access.apply("test", List.of(new TreeChange(TARGET, tree))).get(0);
  }

  private void assertRefused(FileTree tree, String... words) throws IOException {
    host.shell.commands.clear();
    ChangeResult result = put(tree);
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.problem()).as(result.message()).isEqualTo(WriteProblem.NO_SPACE);
    assertThat(result.message()).contains("127.0.0.11", TARGET, "nothing was sent");
    assertThat(List.of(words)).allMatch(result.message()::contains);
    assertThat(host.shell.commands)
        .extracting(command -> command.words().get(0))
        .containsExactly("list");
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D1 a tree for which there is no room is refused before anything is sent")
  void noRoom() throws IOException {
    // 100 files of a block and a bit: 200 blocks, and a 20th to spare.
    free(209, "99999 99999");
    assertRefused(files(100, 4097), "819200 bytes are to be written", "856064 bytes are free");
    free(210, "99999 99999");
    assertThat(put(files(100, 4097)).outcome()).isEqualTo(CHANGED);
    free(0, "0 99999");
    assertThat(put(files(100, 4097)).outcome()).isEqualTo(HostChange.Outcome.SAME);
  }

  @Test
  @DisplayName("D2 a tree for which there are no inodes is refused before anything is sent")
  void noInodes() throws IOException {
    free(9999, "104 99999");
    assertRefused(files(100, 1), "100 inodes are to be made", "104 inodes are free");
    free(9999, "105 99999");
    assertThat(put(files(100, 1)).outcome()).isEqualTo(CHANGED);
  }

  @Test
  @DisplayName("D1 D2 a file system that does not say what is free, or has no limit, is believed")
  void nothingIsSaid() throws IOException {
    free(9999, "0 0");
    assertThat(put(files(10, 1)).outcome()).isEqualTo(CHANGED);
    free("echo '4096 0 0 0 0'");
    assertThat(put(files(20, 1)).outcome()).isEqualTo(CHANGED);
    free("exit 1");
    assertThat(put(files(30, 1)).outcome()).isEqualTo(CHANGED);
  }

  @Test
  @DisplayName("D1 holes of a long file need no room")
  void holesNeedNoRoom() throws IOException {
    Path source = Files.createDirectories(temp.resolve("source"));
    try (RandomAccessFile file = new RandomAccessFile(source.resolve("long").toFile(), "rw")) {
      file.setLength(2L * LargeFile.PIECE);
      file.write(new byte[] {1, 2, 3});
    }
    FileTree tree = FileTree.scan(source, path -> true);
    free(LargeFile.PIECE / 4096, "9999 9999");
    assertRefused(tree);
    free(LargeFile.PIECE / 4096 * 11 / 10, "9999 9999");
    assertThat(put(tree).outcome()).isEqualTo(CHANGED);
  }

  @Test
  @DisplayName("D1 what a staging that has to go takes up counts as free")
  void aStagingThatGoes() throws IOException {
    host.shell.editScripts(text -> text.replace("cat >/dev/null\n", "kill -9 $$\n"));
    assertThat(put(files(10, 1)).outcome()).isEqualTo(FAILED);
    host.shell.editScripts(text -> text);
    Path staging = host.path(TARGET + "/.hawser-stage-c1");
    assertThat(staging.resolve("0/f9")).exists();
    free("[ -e '" + staging + "' ] && echo '4096 1 9999 99 99' || echo '4096 99 9999 99 99'");
    ChangeResult result = put(files(7, 4));
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
  }

  @Test
  @DisplayName("D1 a disk that gets full while a tree is sent is typed, in the words of the tool")
  void fullInTheMiddle() throws IOException {
    host.program(
        "tar", "#!/bin/sh\necho 'tar: 0/f0: Cannot write: No space left on device' >&2; exit 2\n");
    ChangeResult result = put(files(3, 1));
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.problem()).as(result.message()).isEqualTo(WriteProblem.NO_SPACE);
    assertThat(result.message()).contains(host.path(TARGET).toString(), "0/f0");
  }

  @Test
  @DisplayName("D1 names that cannot be read back from the list are not taken for put into place")
  void namesThatAreNotRead() throws IOException {
    // As on a disk that is full: it prints nothing, and says so in its status.
    host.program(
        "grep", "#!/bin/sh\ncase $* in -c*) ;; *nrm*) exit 2 ;; esac\nexec /usr/bin/grep \"$@\"\n");
    assertThat(put(files(3, 1)).outcome()).isEqualTo(FAILED);
    host.program(
        "grep", "#!/bin/sh\ncase $* in *nrm*) exit 2 ;; esac\nexec /usr/bin/grep \"$@\"\n");
    assertThat(put(files(3, 1)).outcome()).isEqualTo(FAILED);
    host.program(
        "grep", "#!/bin/sh\ncase $* in -c*) ;; *nrm*) exit 0 ;; esac\nexec /usr/bin/grep \"$@\"\n");
    assertThat(put(files(3, 1)).outcome()).isEqualTo(FAILED);
    host.program("grep", "#!/bin/sh\nexec /usr/bin/grep \"$@\"\n");
    assertThat(put(files(3, 1)).outcome()).isEqualTo(CHANGED);
    assertThat(host.path(TARGET + "/f2")).hasContent("x");
  }

  @Test
  @DisplayName("D1 a list that a tool cut without a word is not taken for the whole")
  void aListThatWasCut() throws IOException {
    host.program(
        "sed", "#!/bin/sh\nif [ \"$1\" = '$d' ]; then exit 0; fi\nexec /usr/bin/sed \"$@\"\n");
    assertThat(put(files(3, 1)).outcome()).isEqualTo(FAILED);
    host.program("sed", "#!/bin/sh\nexec /usr/bin/sed \"$@\"\n");
    assertThat(put(files(3, 1)).outcome()).isEqualTo(CHANGED);
    assertThat(host.path(TARGET + "/f2")).hasContent("x");
  }
}

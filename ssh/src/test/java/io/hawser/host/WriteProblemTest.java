package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host's system says against a write. Each call has mounts of its own. */
class WriteProblemTest {
  private final TestHost host;
  private final Map<String, String> bare;

  WriteProblemTest(@TempDir Path temp) throws IOException, InterruptedException {
    assumeThat(new ProcessBuilder("unshare", "-m", "true").start().waitFor())
        .as("mounts can be made here")
        .isZero();
    host = new TestHost(temp, "unshare -m /bin/sh");
    host.write("/etc/hosts", "127.0.0.1 localhost\n10.0.0.9 no end");
    host.write("/srv/d/f", "theirs");
    Files.createDirectories(host.path("/var/lib"));
    bare = host.snapshot();
  }

  private void mounted(String shell) {
    host.shell.editScripts(text -> "R='" + host.root + "'\n" + shell + " || exit 9\n" + text);
  }

  private void assertProblem(HostChange change, WriteProblem problem) throws IOException {
    ChangeResult result = host.access.apply("test", List.of(change)).get(0);
    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.problem()).as(result.message()).isEqualTo(problem);
    assertThat(result.message()).contains(host.path(change.target()).toString());
    host.shell.editScripts(text -> text);
    assertThat(host.undo()).doesNotContain(FAILED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName(
      "D3 a read-only file system, and a file where a directory is needed, are typed with path")
  void readOnlyAndNoDirectory() throws IOException {
    String readOnly =
        "mount --bind \"$R/srv/d\" \"$R/srv/d\" && mount -o remount,bind,ro \"$R/srv/d\"";
    for (HostChange change :
        List.of(
            FileChange.plain("/srv/d/f", "ours"),
            new BlockChange("/srv/d/f", "m", List.of("x")),
            new LinkChange("/srv/d/link", "/etc"),
            new DirectoryChange("/srv/d/new", 0755))) {
      mounted(readOnly);
      assertProblem(change, WriteProblem.READ_ONLY);
    }
    assertProblem(FileChange.plain("/srv/d/f/below", "x"), WriteProblem.NOT_A_DIRECTORY);
  }

  @Test
  @DisplayName(
      "D3 a hosts file that is a mount point is refused, and written in place where allowed")
  void aMountedHostsFile() throws IOException {
    Path file = host.path("/etc/hosts");
    String original = Files.readString(file);
    Object inode = Files.getAttribute(file, "unix:ino");
    BlockChange block = new BlockChange("/etc/hosts", "m", List.of("10.0.0.7 hub"));
    mounted("mount --bind \"$R/etc/hosts\" \"$R/etc/hosts\"");
    assertProblem(block, WriteProblem.BUSY);

    mounted("mount --bind \"$R/etc/hosts\" \"$R/etc/hosts\"");
    assertThat(host.apply(block.allowInPlace())).containsExactly(CHANGED);
    assertThat(Files.readString(file)).startsWith(original).contains("10.0.0.7 hub");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D3 a hosts file that was refused as a mount point, and allowed then, can be undone")
  void aMountedHostsFileThatIsAllowedLater() throws IOException {
    BlockChange block = new BlockChange("/etc/hosts", "m", List.of("10.0.0.7 hub"));
    mounted("mount --bind \"$R/etc/hosts\" \"$R/etc/hosts\"");
    assertThat(host.apply(block)).containsExactly(FAILED);
    assertThat(host.apply(block.allowInPlace())).containsExactly(CHANGED);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D3 a write in place that died is taken back by the next writer")
  void aWriteInPlaceThatDied() throws IOException {
    String mount = "mount --bind \"$R/etc/hosts\" \"$R/etc/hosts\" || exit 9\n";
    BlockChange block = new BlockChange("/etc/hosts", "m", List.of("10.0.0.7 hub")).allowInPlace();
    host.shell.editScripts(
        text ->
            "R='"
                + host.root
                + "'\n"
                + mount
                + text.replace(
                    "why=$(cat -- \"$new\"",
                    "printf torn >\"$1\"; kill -9 $$; why=$(cat -- \"$new\""));
    assertThat(host.apply(block)).containsExactly(FAILED);
    assertThat(host.read("/etc/hosts")).isEqualTo("torn");
    mounted(mount.strip().replace(" || exit 9", ""));
    assertThat(host.apply(FileChange.plain("/opt/f", "x"))).containsExactly(CHANGED);
    assertThat(host.read("/etc/hosts")).startsWith("127.0.0.1 localhost\n10.0.0.9 no end");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(bare);
  }

  @Test
  @DisplayName("D3 an immutable file is told from one that may not be written, as lsattr says")
  void immutable() throws IOException {
    for (String flags : List.of("----i---------e-------", "--------------e-------")) {
      host.program(
          "mv", "#!/bin/sh\necho \"mv: cannot move: Operation not permitted\" >&2; exit 1\n");
      host.program("lsattr", "#!/bin/sh\necho \"" + flags + " $3\"\n");
      host.write("/srv/d/with a blank i a", "theirs");
      FileChange change = FileChange.plain("/srv/d/with a blank i a", "ours");
      host.shell.editScripts(text -> text.replace("mv -f \"$J", "command -p mv -f \"$J"));
      ChangeResult result = host.access.apply("test", List.of(change)).get(0);
      assertThat(result.problem())
          .as(result.message())
          .isEqualTo(flags.contains("i") ? WriteProblem.IMMUTABLE : WriteProblem.DENIED);
      assertThat(result.message()).contains("/srv/d/with a blank i a");
    }
  }

  @Test
  @DisplayName("D3 words of the system become types")
  void words() {
    assertThat(WriteProblem.of("x: Permission denied")).isEqualTo(WriteProblem.DENIED);
    assertThat(WriteProblem.of("x: Operation not permitted")).isEqualTo(WriteProblem.DENIED);
    assertThat(
            WriteProblem.of("x: Operation not permitted; x is immutable or append-only (chattr)"))
        .isEqualTo(WriteProblem.IMMUTABLE);
    assertThat(WriteProblem.of("x: No space left on device")).isEqualTo(WriteProblem.NO_SPACE);
    assertThat(WriteProblem.of("tar: x: Wrote only 512 of 10240 bytes"))
        .isEqualTo(WriteProblem.NO_SPACE);
    assertThat(WriteProblem.of("x: Text file busy")).isEqualTo(WriteProblem.BUSY);
    assertThat(WriteProblem.of("what?")).isEqualTo(WriteProblem.OTHER);
  }
}

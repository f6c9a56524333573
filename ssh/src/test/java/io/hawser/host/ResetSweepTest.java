package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static io.hawser.host.HostChange.Outcome.KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Undo that dies at any of its calls, of a journal with every kind of entry. */
class ResetSweepTest {
  private final TestHost host;
  private final Path temp;
  private final Map<String, String> bare;
  private int calls;

  ResetSweepTest(@TempDir Path temp) throws IOException {
    this.temp = temp;
    host = new TestHost(temp, "/bin/sh");
    host.program("systemctl", UnitChangeTest.SYSTEMCTL);
    Files.createDirectories(host.path("/run/units"));
    Files.createDirectories(host.path("/etc/systemd/system"));
    host.write("/etc/hosts", "127.0.0.1 localhost");
    host.write("/etc/sysctl.conf", "x = 1\n");
    host.write("/etc/app.conf", "theirs");
    host.write("/var/lib/registry/theirs", "blob");
    host.write("/srv/t/f", "theirs");
    bare = host.snapshot();
  }

  /** When in a call the agent dies. */
  enum When {
    /** Before it did anything. */
    BEFORE,
    /** When it waits for the disk for the first time. */
    DURING,
    /** When all is done, but before it says so. */
    AFTER
  }

  private void makeAll() {
    Command init =
        Command.script(
            Script.of("init", "cd \"$HAWSER_ROOT/etc\" && echo y >>sysctl.conf; :>made"));
    Command clean = Command.script(Script.of("clean", "rm -f \"$HAWSER_ROOT/etc/made\""));
    Watched.Group group = Watched.Group.SYSTEM;
    HostChange[] changes = {
      new WatchChange(
          "scripts",
          List.of(
              new Watched(group, Watched.Kind.FILE, "/etc/sysctl.conf"),
              new Watched(group, Watched.Kind.BLOCKS, "/etc/hosts"))),
      new TreeChange("/srv/t", FileTree.of(List.of(TreeFile.text("f", 0600, "x")))),
      new LinkChange("/var/lib/registry", "/srv/t"),
      FileChange.plain("/etc/app.conf", "ours"),
      new UnitChange("registry", "unit"),
      new BlockChange("/etc/hosts", "c1", List.of("10.0.0.7 hub")),
      new CommandChange("init", init, clean, "f"),
      new DirectoryChange("/opt/made", 0700),
    };
    assertThat(host.apply(changes)).hasSize(changes.length).containsOnly(CHANGED);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName(
      "F11 reset that dies at any call of its is finished by the next, and a third is empty")
  void dies(When when) throws IOException, InterruptedException {
    makeAll();
    Path saved = temp.resolve("saved");
    copy(host.root, saved);
    int died = 0;
    for (int k = 1; k == 1 || calls >= k - 1; k++) {
      copy(saved, host.root);
      calls = 0;
      int victim = k;
      host.shell.editScripts(text -> ++calls == victim ? dying(when, text) : text);
      try {
        died += host.undo().contains(FAILED) ? 1 : 0;
      } catch (HostStateException | io.hawser.ssh.CommandException e) {
        died++;
      }
      host.shell.editScripts(text -> text);
      assertThat(host.undo()).as("died %s call %d", when, k).doesNotContain(KEPT, FAILED);
      assertThat(host.snapshot()).as("died %s call %d", when, k).isEqualTo(bare);
      assertThat(host.undo()).as("a third time").isEmpty();
    }
    assertThat(calls).as("calls of an undo that nobody killed").isGreaterThan(12);
    assertThat(died).isPositive();
  }

  private static String dying(When when, String text) {
    String end = "kill -9 $$\n";
    return switch (when) {
      case BEFORE -> end + text;
      case DURING -> text.replace("flush() {", "flush() { kill -9 $$;");
      case AFTER -> text.contains("\necho end\n") ? text.replace("\necho end\n", "\n" + end) : text;
    };
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    String script = "rm -rf \"$2\" && cp -a \"$1\" \"$2\"";
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", from.toString(), to.toString()).start();
    assertThat(process.waitFor()).isZero();
  }
}

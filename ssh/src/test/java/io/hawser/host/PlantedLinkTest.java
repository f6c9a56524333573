package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users of a host who may write where Hawser is told to write, and lead it elsewhere. */
class PlantedLinkTest {
  private static final int USER = 1000;

  private final TestHost host;
  private final Path victim;

  PlantedLinkTest(@TempDir Path temp) throws IOException {
    host = new TestHost(temp, "/bin/sh");
    open(temp, "rwxr-xr-x");
    open(host.root, "rwxr-xr-x");
    victim = Files.createDirectories(temp.resolve("victim"));
    Files.writeString(victim.resolve("f"), "precious");
    Files.createDirectories(host.path("/srv"));
  }

  private static void open(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void assumeRoot() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .as("root runs this")
        .isEqualTo(0);
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
  }

  private static HostChange change(int kind, String directory) {
    FileTree tree = FileTree.of(List.of(TreeFile.text("f", 0644, "x")));
    return switch (kind % 6) {
      case 0 -> FileChange.plain(directory + "/f", "x");
      case 1 -> new BlockChange(directory + "/f", "m", List.of("x"));
      case 2 -> new LinkChange(directory + "/f", "/etc");
      case 3 -> new TreeChange(directory, tree);
      case 4 -> new DirectoryChange(directory, 0700);
      default -> new DirectoryChange(directory + "/made", 0755);
    };
  }

  private void assertRefused(String directory, String culprit) throws IOException {
    Map<String, String> before = Snapshot.of(host.root.getParent().resolve("victim"));
    Map<String, String> srv = Snapshot.of(host.path("/srv"));
    for (int kind = 0; kind < 6; kind++) {
      List<ChangeResult> results = host.access.apply("test", List.of(change(kind, directory)));
      String as = change(kind, directory).summary();
      assertThat(results.get(0).outcome()).as(as).isEqualTo(FAILED);
      assertThat(results.get(0).message())
          .as(as)
          .contains(host.path(culprit).toString())
          .containsPattern("write bits of group and others|too far or out of");
    }
    assertThat(Snapshot.of(victim)).isEqualTo(before);
    assertThat(Snapshot.of(host.path("/srv"))).isEqualTo(srv);
  }

  @Test
  @DisplayName(
      "D16 a directory that others may write is refused with its owner, its mode and advice")
  void directoriesOfOthers() throws IOException {
    assumeRoot();
    for (String mode : List.of("rwxrwxr-x", "rwxr-xrwx", "rwxr-xr-x")) {
      Path directory = Files.createDirectories(host.path("/srv/" + mode + "/below/d"));
      open(directory.getParent().getParent(), mode);
      if (mode.equals("rwxr-xr-x")) {
        give(directory.getParent().getParent());
      } else {
        Files.setAttribute(directory.getParent().getParent(), "unix:gid", 1000);
      }
      assertRefused("/srv/" + mode + "/below/d", "/srv/" + mode);
    }
    ChangeResult result =
        host.access.apply("test", List.of(FileChange.plain("/srv/rwxrwxr-x/f", "x"))).get(0);
    assertThat(result.message()).contains("uid 0").contains("mode 775").contains("give it to root");
  }

  @Test
  @DisplayName("D16 in a directory like /tmp only what is ours there is safe")
  void stickyDirectories() throws IOException {
    assumeRoot();
    Path sticky = Files.createDirectories(host.path("/srv/tmp/mine/d")).getParent().getParent();
    Files.createDirectories(host.path("/srv/tmp/theirs/d"));
    give(host.path("/srv/tmp/theirs"));
    Files.setAttribute(sticky, "unix:mode", 01777);
    assertRefused("/srv/tmp/theirs/d", "/srv/tmp/theirs");
    assertThat(host.apply(FileChange.plain("/srv/tmp/f", "x"))).containsExactly(FAILED);
    assertThat(host.apply(FileChange.plain("/srv/tmp/new/f", "x"))).containsExactly(FAILED);
    assertThat(host.apply(FileChange.plain("/srv/tmp/mine/d/f", "x"))).containsExactly(CHANGED);
  }

  @Test
  @DisplayName("D16 a link on the way is followed when it is root's, never when it is a user's")
  void linksOnTheWay() throws IOException {
    assumeRoot();
    Files.createDirectories(host.path("/run/d"));
    Files.createDirectories(host.path("/var/lib"));
    Files.createSymbolicLink(host.path("/var/run"), Path.of("../run"));
    Files.createSymbolicLink(host.path("/var/far"), host.path("/var/run"));
    Map<String, String> before = host.snapshot();
    assertThat(host.apply(FileChange.plain("/var/far/d/f", "x"))).containsExactly(CHANGED);
    assertThat(host.read("/run/d/f")).isEqualTo("x");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(before);

    Files.createSymbolicLink(host.path("/srv/planted"), victim);
    assertRefused("/srv/planted", "/srv/planted");
    give(host.path("/srv/planted"));
    assertRefused("/srv/planted", "/srv/planted");
    Files.delete(host.path("/srv/planted"));
    Files.createSymbolicLink(host.path("/srv/planted"), host.path("/var/run"));
    assertThat(host.apply(FileChange.plain("/srv/planted/f", "x"))).containsExactly(CHANGED);
    give(host.path("/srv/planted"));
    assertThat(host.apply(FileChange.plain("/srv/planted/g", "x"))).containsExactly(FAILED);
    Files.createSymbolicLink(host.path("/srv/up"), Path.of("../../../victim"));
    assertThat(host.apply(FileChange.plain("/srv/up/f", "x"))).containsExactly(FAILED);
  }

  private static FileTree nested(String text, int mode) {
    return FileTree.of(
        List.of(
            TreeFile.text("conf", 0644, text),
            TreeFile.directory("data/sub", mode & 0700 | 0055),
            TreeFile.text("data/sub/f", mode, text)));
  }

  private WriteProblem put(String text, int mode) {
    TreeChange change = new TreeChange("/srv/tree", nested(text, mode));
    return host.access.apply("test", List.of(change)).get(0).problem();
  }

  /** Puts a link where something of the tree is, when all has arrived and the names are next. */
  private void plantBeforeCommit(String place, Path target) {
    String inTree = "'" + host.path("/srv/tree/data/" + place) + "'";
    String plant = "mv " + inTree + " " + inTree + ".away; ln -s '" + target + "' " + inTree + "\n";
    host.shell.editScripts(text -> text.contains("do_commit() {") ? plant + text : text);
  }

  @Test
  @DisplayName("D16 the owner of a directory inside a tree leads no rename and no mode elsewhere")
  void theOwnerOfADirectoryInATree() throws IOException {
    assumeRoot();
    assertThat(put("old", 0644)).isEqualTo(WriteProblem.NONE);
    give(host.path("/srv/tree/data"));
    give(host.path("/srv/tree/data/sub"));
    Map<String, String> before = Snapshot.of(victim);

    plantBeforeCommit("sub", victim);
    assertThat(put("new", 0644)).as("a rename").isEqualTo(WriteProblem.UNSAFE_PLACE);
    assertThat(Snapshot.of(victim)).isEqualTo(before);
    host.shell.editScripts(text -> text);
    assertThat(put("new", 0644)).isEqualTo(WriteProblem.NONE);
    assertThat(host.read("/srv/tree/data/sub/f")).isEqualTo("new");

    give(host.path("/srv/tree/data/sub"));
    plantBeforeCommit("sub/f", victim.resolve("f"));
    assertThat(put("new", 0600)).as("a file's mode").isEqualTo(WriteProblem.UNSAFE_PLACE);
    assertThat(Snapshot.of(victim)).isEqualTo(before);
    Files.delete(host.path("/srv/tree/data/sub/f"));
    plantBeforeCommit("sub", victim);
    assertThat(put("new", 0500)).as("a directory's mode").isEqualTo(WriteProblem.UNSAFE_PLACE);
    assertThat(Snapshot.of(victim)).isEqualTo(before);
  }

  @Test
  @DisplayName("D16 directories that a tree itself opens to all can be filled and changed")
  void directoriesThatATreeOpens() throws IOException {
    for (String text : List.of("one", "two")) {
      FileTree tree =
          FileTree.of(
              List.of(
                  TreeFile.directory("open", 0777),
                  TreeFile.text("open/f", 0644, text),
                  TreeFile.directory("open/locked", 0555),
                  TreeFile.text("open/locked/f", 0444, text)));
      assertThat(host.apply(new TreeChange("/srv/tree", tree))).containsExactly(CHANGED);
      assertThat(host.read("/srv/tree/open/locked/f")).isEqualTo(text);
    }
    assertThat(host.undo()).containsOnly(CHANGED);
  }

  @Test
  @DisplayName("D16 a broken transfer is not taken up where others could lead it elsewhere since")
  void aPlaceThatIsNotSafeAnyMore() throws IOException {
    assumeRoot();
    host.shell.editScripts(text -> text.replace("cat >/dev/null\n", "kill -9 $$\n"));
    put("old", 0644);
    host.shell.editScripts(text -> text);
    open(host.path("/srv"), "rwxr-xrwx");
    assertThat(put("old", 0644)).isEqualTo(WriteProblem.UNSAFE_PLACE);
    assertThat(host.path("/srv/tree/conf")).doesNotExist();
    open(host.path("/srv"), "rwxr-xr-x");
    assertThat(put("old", 0644)).isEqualTo(WriteProblem.NONE);
  }

  @Test
  @DisplayName("D16 a link where a file shall be is replaced, not entered, and comes back")
  void aLinkAtTheDestination() throws IOException {
    Files.createSymbolicLink(host.path("/srv/conf"), victim);
    Files.createSymbolicLink(host.path("/srv/dangling"), victim.resolve("nothing"));
    Map<String, String> before = host.snapshot();
    assertThat(
            host.apply(FileChange.plain("/srv/conf", "x"), FileChange.plain("/srv/dangling", "x")))
        .containsOnly(CHANGED);
    assertThat(host.read("/srv/conf")).isEqualTo("x");
    assertThat(Snapshot.of(victim)).containsOnlyKeys("", "f");
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @Test
  @DisplayName("D16 a user who plants links while Hawser writes leads no write elsewhere")
  void aRace() throws Exception {
    assumeRoot();
    assumeThat(Files.isExecutable(Path.of("/usr/bin/setpriv"))).as("setpriv is here").isTrue();
    give(Files.createDirectories(host.path("/srv/user")));
    Map<String, String> before = Snapshot.of(victim);
    String loop =
        "cd \"$1\" || exit 1; i=0; while [ $i -lt 20000000 ]; do i=$((i + 1));"
            + " mkdir d; mkdir d/e; rmdir d/e; rmdir d; ln -s \"$2\" d; rm d; done 2>/dev/null";
    Process user =
        new ProcessBuilder(
                "setpriv",
                "--reuid=" + USER,
                "--regid=" + USER,
                "--clear-groups",
                "sh",
                "-c",
                loop,
                "sh",
                host.path("/srv/user").toString(),
                victim.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      int tries = Boolean.getBoolean("hawser.long") ? 10_000 : 300;
      for (int i = 0; i < tries; i++) {
        String place = i % 12 < 6 ? "/srv/user/d" : "/srv/user/d/e";
        assertThat(host.apply(change(i, place))).as("try %d", i).containsExactly(FAILED);
      }
      assertThat(user.isAlive()).as("the user planted links all the time").isTrue();
    } finally {
      user.destroyForcibly();
      user.waitFor(10, TimeUnit.SECONDS);
    }
    assertThat(Snapshot.of(victim)).isEqualTo(before);
    assertThat(host.access.journal()).filteredOn(entry -> entry.target().contains("/d")).isEmpty();
  }
}

package io.hawser.host;

import static io.hawser.host.HostChange.Outcome.CHANGED;
import static io.hawser.host.HostChange.Outcome.SAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Modes of files and directories, of all bits that there are. */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#shells")
class ModeMatrixTest {
  private static final List<Integer> MODES =
      List.of(
          0, 0400, 0644, 0755, 0777, 01777, 02755, 04755, 06711, 07777, 02000, 04644, 01000, 0111);

  private static final Set<TreeOption> KEEP = Set.of(TreeOption.SET_ID_BITS);

  private final TestHost host;
  private final Path source;

  ModeMatrixTest(String shell, @TempDir Path temp) throws IOException {
    host = new TestHost(temp, shell);
    source = temp.resolve("source");
    for (int mode : MODES) {
      String name = Operations.mode(mode);
      Path directory = Files.createDirectories(source.resolve("d" + name));
      Files.setAttribute(Files.writeString(directory.resolve("f"), "x"), "unix:mode", mode);
      Files.setAttribute(Files.writeString(source.resolve("f" + name), "x"), "unix:mode", mode);
      Files.setAttribute(directory, "unix:mode", mode);
    }
  }

  private ChangeResult put(Set<TreeOption> options) throws IOException {
    FileTree tree = FileTree.scan(source, path -> true, options);
    return host.access.apply("test", List.of(new TreeChange("/srv/t", tree))).get(0);
  }

  /** Each name begins with the type and has the wanted mode behind. */
  private void assertModes(int bits) throws IOException {
    try (Stream<Path> all = Files.list(host.path("/srv/t"))) {
      for (Path path : new TreeSet<>(all.toList())) {
        String name = path.getFileName().toString();
        int wanted = Integer.parseInt(name.substring(1), 8) & bits;
        assertThat(mode(path)).as(name).isEqualTo(Operations.mode(wanted));
        if (name.startsWith("d")) {
          assertThat(mode(path.resolve("f"))).as(name + "/f").isEqualTo(Operations.mode(wanted));
        }
      }
      assertThat(Files.list(host.path("/srv/t"))).hasSize(2 * MODES.size());
    }
  }

  private static String mode(Path path) throws IOException {
    return Operations.mode((int) Files.getAttribute(path, "unix:mode") & 07777);
  }

  @Test
  @DisplayName("D18 all modes arrive, set-id bits only when asked, whatever the host's umask")
  void d18AllModesArrive() throws IOException {
    for (String umask : List.of("077", "0", "0777")) {
      host.shell.editScripts(text -> "umask " + umask + "\n" + text);
      assertModes(Set.of(), 01777);
      assertModes(KEEP, 07777);
    }
  }

  private void assertModes(Set<TreeOption> options, int bits) throws IOException {
    ChangeResult result = put(options);
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertModes(bits);
    assertThat(put(options).outcome()).isEqualTo(SAME);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.path("/srv/t")).doesNotExist();
  }

  @Test
  @DisplayName("D18 the tools of busybox set the same modes")
  void d18TheToolsOfBusyboxSetTheSameModes() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/busybox")), "busybox is missing");
    host.withBusybox();
    d18ADirectoryThatHandsItsGroupOnChangesNoMode();
  }

  @Test
  @DisplayName("D18 bits are added and taken away from what is there")
  void d18BitsAreAddedAndTakenAway() throws IOException {
    put(Set.of());
    assertThat(put(KEEP).message()).startsWith("0 files, 0 bytes sent");
    assertModes(07777);
    assertThat(put(KEEP).outcome()).isEqualTo(SAME);
    assertThat(put(Set.of()).message()).startsWith("0 files, 0 bytes sent");
    assertModes(01777);
    assertThat(put(Set.of()).outcome()).isEqualTo(SAME);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(host.path("/srv/t")).doesNotExist();
  }

  @Test
  @DisplayName("D18 a directory of the host that hands its group on changes no mode")
  void d18ADirectoryThatHandsItsGroupOnChangesNoMode() throws IOException {
    Files.createDirectories(host.path("/srv/t"));
    Files.setAttribute(host.path("/srv"), "unix:mode", 02755);
    Files.setAttribute(host.path("/srv/t"), "unix:mode", 02755);
    ChangeResult result = put(Set.of());
    assertThat(result.outcome()).as(result.message()).isEqualTo(CHANGED);
    assertModes(01777);
    assertThat(put(Set.of()).outcome()).isEqualTo(SAME);
    put(KEEP);
    assertModes(07777);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(mode(host.path("/srv/t"))).isEqualTo("2755");
    assertThat(Files.list(host.path("/srv/t"))).isEmpty();
  }

  @Test
  @DisplayName("D18 a directory of its own is made and undone with its mode there, too")
  void d18ADirectoryOfItsOwnIsMadeWithItsModeThere() throws IOException {
    Files.createDirectories(host.path("/srv/old"));
    Files.setAttribute(host.path("/srv"), "unix:mode", 02755);
    Files.setAttribute(host.path("/srv/old"), "unix:mode", 02750);
    HostChange[] changes = {
      new DirectoryChange("/srv/new/deep", 0750), new DirectoryChange("/srv/old", 0700)
    };
    assertThat(host.apply(changes)).containsOnly(CHANGED);
    assertThat(mode(host.path("/srv/new/deep"))).isEqualTo("0750");
    assertThat(mode(host.path("/srv/old"))).isEqualTo("0700");
    assertThat(host.apply(changes)).containsOnly(SAME);
    assertThat(host.undo()).containsOnly(CHANGED);
    assertThat(mode(host.path("/srv/old"))).isEqualTo("2750");
  }
}

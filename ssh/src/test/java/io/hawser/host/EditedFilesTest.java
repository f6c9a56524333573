package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a mounted tree that scripts edit in place. */
class EditedFilesTest {
  private static final String PLACE = "/var/lib/tree";

  @TempDir private Path temp;

  static Stream<String> shells() {
    return Stream.concat(Stream.of("/bin/sh"), LocalShell.otherShells().stream());
  }

  private static TreeChange tree() {
    return new TreeChange(
        PLACE,
        FileTree.of(
            List.of(
                TreeFile.text("etc/config.toml", 0640, "ours\n"),
                TreeFile.text("etc/deep/same", 0644, "same"),
                TreeFile.text("etc/gone", 0644, "gone"),
                TreeFile.text("scripts/init.sh", 0755, "init"))));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void theyAreAsTheyWereMountedAndUndoTakesThemAway(String shell) throws IOException {
    TestHost host = new TestHost(temp, shell);
    host.write("/etc/own", "x");
    Map<String, String> before = host.snapshot();
    host.apply(tree());
    // As sed -i does: another file of the same name.
    Files.delete(host.path(PLACE + "/etc/config.toml"));
    host.write(PLACE + "/etc/config.toml", "edited, and longer\n");
    Files.delete(host.path(PLACE + "/etc/gone"));
    List<ChangeResult> results = host.access.putBack(tree(), "etc");
    assertThat(results)
        .extracting(ChangeResult::target)
        .containsExactly(PLACE + "/etc/config.toml");
    assertThat(host.read(PLACE + "/etc/config.toml")).isEqualTo("ours\n");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(host.path(PLACE + "/etc/config.toml"))))
        .isEqualTo("rw-r-----");
    assertThat(host.access.putBack(tree(), "etc")).isEmpty();
    host.undo();
    assertThat(host.snapshot()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aLinkInTheirPlaceIsNotFollowed(String shell) throws IOException {
    TestHost host = new TestHost(temp, shell);
    host.apply(tree());
    Path file = host.path(PLACE + "/etc/config.toml");
    Path other = host.write("/etc/other", "theirs");
    Files.delete(file);
    Files.createSymbolicLink(file, other);
    assertThat(host.access.putBack(tree(), "etc")).isEmpty();
    assertThat(other).hasContent("theirs");
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatDoesNotArriveWholeIsNotPutThere(String shell) throws IOException {
    TestHost host = new TestHost(temp, shell);
    host.apply(tree());
    host.write(PLACE + "/etc/config.toml", "edited");
    host.shell.editScripts(text -> text.replace("cat >\"$new\"", "head -c 2 >\"$new\""));
    assertThatThrownBy(() -> host.access.putBack(tree(), "etc"))
        .isInstanceOf(HostStateException.class)
        .hasMessageContaining("did not arrive whole");
    assertThat(host.read(PLACE + "/etc/config.toml")).isEqualTo("edited");
    try (Stream<Path> files = Files.list(host.path(PLACE + "/etc"))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("config.toml", "deep", "gone");
    }
  }
}

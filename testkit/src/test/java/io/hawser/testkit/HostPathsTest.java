package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPathsTest {
  @TempDir Path root;

  @Test
  void nothingLeadsOutOfTheRoot() throws IOException {
    Files.createSymbolicLink(root.resolve("up"), Path.of("../../etc"));
    Files.createSymbolicLink(root.resolve("absolute"), Path.of("/etc/passwd"));
    assertThat(HostPaths.resolve(root, "/../../etc/passwd")).isEqualTo(root.resolve("etc/passwd"));
    assertThat(HostPaths.resolve(root, "/up/passwd")).isEqualTo(root.resolve("etc/passwd"));
    assertThat(HostPaths.resolve(root, "/absolute")).isEqualTo(root.resolve("etc/passwd"));
  }

  @Test
  void aPathOrTargetWithTheRootInFrontIsTakenAsItIs() throws IOException {
    Files.createSymbolicLink(root.resolve("link"), root.resolve("srv/data"));
    assertThat(HostPaths.resolve(root, root + "/a/b")).isEqualTo(root.resolve("a/b"));
    assertThat(HostPaths.resolve(root, "/link/x")).isEqualTo(root.resolve("srv/data/x"));
  }

  @Test
  void aCircleOfLinksIsAnError() throws IOException {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("/a"));
    assertThatThrownBy(() -> HostPaths.resolve(root, "/a"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("too many links");
  }
}

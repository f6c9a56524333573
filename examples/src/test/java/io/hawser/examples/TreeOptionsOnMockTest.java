package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.PlannedChange;
import io.hawser.report.HostResult;
import io.hawser.report.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rootfs may bring only when it is asked for, through the public calls. */
class TreeOptionsOnMockTest {
  private static final List<String> HOST = List.of("10.0.0.4");
  private static final String PLACE = "/var/lib/sealos/data/mocked/rootfs";

  @TempDir private Path directory;
  private MockedCluster mocked;
  private Path bin;

  @BeforeEach
  void makeCluster() throws IOException {
    mocked = new MockedCluster(directory);
    bin =
        Files.createDirectories(mocked.cluster.rootfs().orElseThrow().mountPoint().resolve("bin"));
  }

  private Filesystem filesystem(boolean links, boolean bits) {
    return Filesystems.builder(mocked.cluster, mocked.ssh)
        .linksLeavingTree(links)
        .keepSetIdBits(bits)
        .build();
  }

  private Bootstrap bootstrap(boolean links, boolean bits) {
    return Bootstraps.builder(mocked.cluster, mocked.ssh)
        .secrets(mocked.secrets)
        .linksLeavingTree(links)
        .keepSetIdBits(bits)
        .build();
  }

  @Test
  @DisplayName("D15 a rootfs with a link that leaves it is refused, in the preflight too")
  void d15ARootfsWithALinkThatLeavesItIsRefused() throws IOException {
    Files.createSymbolicLink(bin.resolve("inside"), Path.of(PLACE + "/bin"));
    Files.createSymbolicLink(bin.resolve("passwords"), Path.of("/etc/shadow"));
    FilesystemException failure =
        catchThrowableOfType(
            FilesystemException.class, () -> filesystem(false, false).mountRootfs(HOST));
    assertThat(failure)
        .hasMessageContaining("link bin/passwords points at /etc/shadow")
        .hasMessageContaining("linksLeavingTree(true)");
    assertThat(mocked.ssh.files("10.0.0.4").exists(PLACE)).isFalse();
    HostResult images =
        bootstrap(false, false).preflight(HOST).results().stream()
            .filter(row -> row.step().equals("images"))
            .findFirst()
            .orElseThrow();
    assertThat(images.status()).isEqualTo(Status.FAILED);
    assertThat(images.message()).contains("bin/passwords");

    assertThat(filesystem(true, false).mountRootfs(HOST).succeeded()).isTrue();
    assertThat(mocked.ssh.files("10.0.0.4").exists(PLACE + "/bin/passwords")).isTrue();
    assertThat(bootstrap(true, false).preflight(HOST).failures())
        .extracting(HostResult::step)
        .doesNotContain("images");
  }

  @Test
  @DisplayName("D18 set-id bits of a rootfs are kept only when that is asked for")
  void d18SetIdBitsAreKeptOnlyWhenAskedFor() throws IOException {
    Path program = Files.writeString(bin.resolve("mount"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setAttribute(program, "unix:mode", 04755);
    for (boolean keep : List.of(false, true)) {
      assertThat(filesystem(false, keep).mountRootfs(HOST).succeeded()).isTrue();
      assertThat(mocked.ssh.files("10.0.0.4").mode(PLACE + "/bin/mount"))
          .isEqualTo(keep ? 04755 : 0755);
      assertThat(planned(bootstrap(false, keep))).containsExactly(Outcome.SAME);
      assertThat(planned(bootstrap(false, !keep))).containsExactly(Outcome.CHANGED);
    }
  }

  private static List<Outcome> planned(Bootstrap bootstrap) {
    return bootstrap.plan().items().stream()
        .filter(item -> HOST.contains(item.host()))
        .flatMap(item -> item.changes().stream())
        .filter(change -> change.target().equals(PLACE))
        .map(PlannedChange::outcome)
        .toList();
  }
}

package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.bootstrap.Hook;
import io.hawser.bootstrap.Phase;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.report.HostResult;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.SampleImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks whose commands really run. */
class HooksOnEmbeddedHostTest {
  @TempDir Path directory;

  @Test
  @DisplayName("A hook fails in the middle: reset undoes the earlier ones in reverse order")
  void hooksRunInOrderAndAreUndoneInReverse() throws Exception {
    Path log = Files.createFile(directory.resolve("log"));
    try (EmbeddedHosts hosts = EmbeddedHosts.start(1);
        SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      HostSnapshot before = hosts.snapshot(0);
      Cluster cluster =
          hosts
              .cluster("hooked", "master,registry")
              .withMounts(List.of(SampleImages.of(1).writeRootfs(directory.resolve("image"))));
      Filesystem filesystem = Filesystems.of(cluster, ssh);
      Bootstraps.Builder builder =
          Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory());
      for (String name : List.of("one", "two", "three")) {
        builder.hook(
            Hook.command(
                    name,
                    "echo "
                        + name
                        + " >>"
                        + log
                        + "; : >\"$HAWSER_ROOT/"
                        + name
                        + "\"; "
                        + (name.equals("three") ? "echo three broke >&2; exit 4" : ":"),
                    "echo un" + name + " >>" + log + "; rm \"$HAWSER_ROOT/" + name + "\"")
                .before(Phase.INIT_SCRIPT));
      }
      Bootstrap bootstrap = builder.build();
      filesystem.mountRootfs(List.of(hosts.address(0)));

      BootstrapException e = catchThrowableOfType(BootstrapException.class, bootstrap::init);

      assertThat(e.report().failures()).extracting(HostResult::step).containsExactly("three");
      assertThat(e).hasMessageContaining("three broke");
      assertThat(log).hasContent("one\ntwo\nthree\n");
      bootstrap.reset();
      assertThat(log).hasContent("one\ntwo\nthree\nunthree\nuntwo\nunone\n");
      filesystem.unMountRootfs(List.of(hosts.address(0)));
      assertThat(hosts.snapshot(0)).isEqualTo(before);
    }
  }
}

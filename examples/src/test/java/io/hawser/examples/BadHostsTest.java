package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hawser.Secret;
import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.BootstrapException;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.FilesystemException;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that refuse, distrust or are not trusted: a row each, and the others proceed. */
class BadHostsTest {
  @TempDir Path directory;

  @Test
  void eachBadHostIsItsOwnRowWithCauseAndHintAndTheGoodOnesAreDone() throws IOException {
    try (EmbeddedHosts hosts = EmbeddedHosts.start(5)) {
      Cluster cluster = cluster(hosts);
      hosts.stop(2);
      List<String> keys = Files.readAllLines(hosts.hostKeys());
      Path known = directory.resolve("known_hosts");
      Files.write(known, keys.stream().filter(key -> !key.contains(hosts.address(3))).toList());
      try (SshClient ssh = SshClients.jsch().hostKeys(HostKeyPolicy.strict(known)).build()) {
        check(hosts, cluster, ssh);
      }
    }
  }

  private static void check(EmbeddedHosts hosts, Cluster cluster, SshClient ssh) {
    Bootstrap bootstrap =
        Bootstraps.builder(cluster, ssh).secrets(ClusterSecretStores.inMemory()).build();
    Report preflight = bootstrap.preflight();
    assertThat(preflight.failures())
        .extracting(HostResult::host)
        .containsExactly(hosts.address(1), hosts.address(2), hosts.address(3));
    assertThat(preflight.failures()).extracting(HostResult::hint).doesNotContainNull();
    assertThat(message(preflight, hosts.address(1))).containsIgnoringCase("password");
    assertThat(message(preflight, hosts.address(2))).containsIgnoringCase("refused");
    assertThat(message(preflight, hosts.address(3))).contains("SHA256:");
    assertThat(preflight.toTable()).doesNotContain("wrong-password");

    List<String> all = cluster.hosts().stream().map(host -> host.address()).toList();
    FilesystemException mount =
        catchThrowableOfType(
            FilesystemException.class, () -> Filesystems.of(cluster, ssh).mountRootfs(all));
    assertThat(mount.report().failures()).hasSize(3);
    BootstrapException init = catchThrowableOfType(BootstrapException.class, bootstrap::init);
    assertThat(init.report().results(hosts.address(0))).noneMatch(r -> r.status().isFailure());
    assertThat(init.report().results(hosts.address(4))).noneMatch(r -> r.status().isFailure());
    assertThat(hosts.pullClient(4).pull("sealos.hub:5000/sample/app-0:v1").endpoints())
        .allMatch(url -> url.contains(hosts.address(0)));
  }

  private static String message(Report report, String host) {
    return report.failures().stream()
        .filter(row -> row.host().equals(host))
        .map(HostResult::message)
        .findFirst()
        .orElseThrow();
  }

  /** The second host's password is wrong; registries are the first and the second. */
  private Cluster cluster(EmbeddedHosts hosts) {
    Cluster good =
        hosts.cluster("bad-hosts", "master,registry", "registry", "node", "node", "node");
    return good.withHosts(
            host ->
                host.address().equals(hosts.address(1))
                    ? host.toBuilder()
                        .ssh(host.ssh().toBuilder().password(Secret.of("wrong-password")).build())
                        .build()
                    : host)
        .withMounts(List.of(SampleImages.of(2).writeRootfs(directory.resolve("image"))));
  }
}

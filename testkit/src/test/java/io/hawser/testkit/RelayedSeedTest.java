package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.host.ChangeResult;
import io.hawser.host.FileTree;
import io.hawser.host.HostAccess;
import io.hawser.host.HostChange.Outcome;
import io.hawser.host.RelayedTree;
import io.hawser.host.TreeChange;
import io.hawser.host.TreeFile;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A seed on some of the hosts that a tree is relayed to. */
@Timeout(120)
class RelayedSeedTest {
  private static final String SEED = "/var/tmp/seed";

  @Test
  void whatLiesInTheSeedOfAHostIsNotRelayedToIt() throws IOException {
    FileTree tree =
        FileTree.of(
            List.of(
                TreeFile.text("a", 0644, "content a"), TreeFile.text("d/b", 0644, "content b")));
    try (EmbeddedHosts hosts = EmbeddedHosts.start(3);
        SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      Cluster cluster = hosts.cluster("c1", "master", "node", "node");
      Path seed = Files.createDirectories(hosts.root(1).resolve(SEED.substring(1)));
      Files.writeString(seed.resolve("a"), "content a");
      List<ChangeResult> results =
          RelayedTree.apply(
              "test",
              new TreeChange("/srv/tree", tree).seededFrom(SEED),
              cluster.hosts().stream().map(host -> HostAccess.to(ssh, cluster, host)).toList());
      assertThat(results).extracting(ChangeResult::outcome).containsOnly(Outcome.CHANGED);
      assertThat(results.get(1).message()).contains("1 files taken from " + SEED);
      assertThat(results.get(2).message()).doesNotContain("taken from");
      for (Host host : cluster.hosts()) {
        assertThat(Path.of(host.root(), "srv/tree/a")).hasContent("content a");
        assertThat(Path.of(host.root(), "srv/tree/d/b")).hasContent("content b");
      }
    }
  }
}

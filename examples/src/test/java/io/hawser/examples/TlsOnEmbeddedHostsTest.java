package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.bootstrap.Bootstrap;
import io.hawser.bootstrap.Bootstraps;
import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.examples.docs.DocsPage;
import io.hawser.filesystem.Filesystem;
import io.hawser.filesystem.Filesystems;
import io.hawser.registry.ClusterSecretStores;
import io.hawser.registry.ClusterSecrets;
import io.hawser.registry.RegistryTransport;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.EmbeddedHosts;
import io.hawser.testkit.HostSnapshot;
import io.hawser.testkit.PullException;
import io.hawser.testkit.PulledImage;
import io.hawser.testkit.SampleImage;
import io.hawser.testkit.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job with TLS on three hosts of this machine: two registries and a node. */
class TlsOnEmbeddedHostsTest {
  private static final String[] ROLES = {"master,registry", "registry", "node"};
  private static final int NODE = 2;
  private static final String CA = "etc/hawser/registry-ca/sealos.hub-5000.pem";

  private static final String NEEDS_OPENSSL =
      "command -v openssl || { echo no openssl here; exit 0; }\n";

  @TempDir Path directory;

  @Test
  @DisplayName("S6 S7 S8 nodes pull by TLS from registries of an authority that they were told of")
  void s7NodesPullByTls() throws IOException {
    SampleImages images = SampleImages.of(1).withLayerBytes(3000);
    Path rootfs = directory.resolve("rootfs");
    try (EmbeddedHosts hosts = EmbeddedHosts.start(ROLES.length);
        SshClient ssh =
            SshClients.jsch().hostKeys(HostKeyPolicy.strict(hosts.hostKeys())).build()) {
      Path file = directory.resolve("Clusterfile");
      Files.writeString(
          file, hosts.clusterfileText("tls", List.of(images.writeRootfs(rootfs)), ROLES));
      SampleImage image = images.writeStorage(rootfs.resolve("registry")).get(0);
      Cluster cluster = hosts.withRoots(Clusterfiles.read(file));
      HostSnapshot before = hosts.snapshot(NODE);
      Filesystem filesystem = Filesystems.of(cluster, ssh);
      List<String> all =
          cluster.hosts().stream().map(host -> host.address() + ":" + host.ssh().port()).toList();
      filesystem.mountRootfs(all);
      ClusterSecrets secrets = ClusterSecretStores.directory(directory.resolve(".hawser"));
      bootstrap(cluster, ssh, secrets).init();
      assertThat(bootstrap(cluster, ssh, secrets).init().changed()).isFalse();
      assertThat(bootstrap(cluster, ssh, secrets).plan().hasChanges()).isFalse();

      PulledImage pulled = hosts.pullClient(NODE).pull(image.in("sealos.hub:5000"));
      assertThat(pulled.endpoints()).hasSize(1).allMatch(url -> url.startsWith("https://"));
      assertThat(pulled.failures()).isEmpty();
      lookAtCertificates(hosts);
      hosts.stop(0);
      assertThat(hosts.pullClient(NODE).pull(image.in("sealos.hub:5000")).endpoints())
          .containsExactly("https://" + hosts.address(1) + ":5000");
      hosts.boot(0);

      anotherAuthority(hosts, cluster, ssh, secrets, image);
      bootstrap(cluster, ssh, secrets).reset();
      filesystem.unMountRootfs(all);
      assertThat(before.differences(hosts.snapshot(NODE))).isEmpty();
    }
  }

  /** With the commands of the page on TLS, where there is an openssl. */
  private void lookAtCertificates(EmbeddedHosts hosts) throws IOException {
    String commands =
        DocsPage.read("docs/tls.md")
            .block("sh", TlsOnEmbeddedHostsTest.class, 0)
            .replace("<cluster>", "tls")
            .replace("<replica>", hosts.address(1))
            .replace("<domain>-<port>", "sealos.hub-5000")
            .replace("/etc/hawser", hosts.root(NODE) + "/etc/hawser");
    ProcessBuilder openssl = new ProcessBuilder("sh", "-e", "-c", NEEDS_OPENSSL + commands);
    openssl.environment().put("HOME", directory.toString());
    Path said = directory.resolve("said");
    Process looking = openssl.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    looking.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    assertThat(looking.exitValue()).as(Files.readString(said)).isZero();
    assertThat(said).content().containsAnyOf("Verify return code: 0 (ok)", "no openssl here");
  }

  /** Somebody else's is not trusted, and a plan shows that it is there. */
  private static void anotherAuthority(
      EmbeddedHosts hosts,
      Cluster cluster,
      SshClient ssh,
      ClusterSecrets secrets,
      SampleImage image)
      throws IOException {
    Path ca = hosts.root(NODE).resolve(CA);
    String right = Files.readString(ca);
    ClusterSecrets strangers = ClusterSecretStores.inMemory();
    bootstrap(cluster, ssh, strangers).plan();
    String wrong = strangers.get("tls", "registry-ca").orElseThrow().reveal();
    Files.writeString(ca, wrong.substring(0, wrong.indexOf("-----BEGIN PRIVATE")));
    assertThatThrownBy(() -> hosts.pullClient(NODE).pull(image.in("sealos.hub:5000")))
        .isInstanceOf(PullException.class);
    assertThat(bootstrap(cluster, ssh, secrets).plan().toTable()).contains("/" + CA);
    Files.writeString(ca, right);
    assertThat(bootstrap(cluster, ssh, secrets).plan().hasChanges()).isFalse();
    assertThat(hosts.pullClient(NODE).pull(image.in("sealos.hub:5000")).failures()).isEmpty();
  }

  private static Bootstrap bootstrap(Cluster cluster, SshClient ssh, ClusterSecrets secrets) {
    return Bootstraps.builder(cluster, ssh)
        .secrets(secrets)
        .transport(RegistryTransport.TLS)
        .build();
  }
}

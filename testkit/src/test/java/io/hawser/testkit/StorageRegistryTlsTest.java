package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageRegistryTlsTest {
  @TempDir Path root;

  @Test
  void aConfigurationWithTlsIsServedByTls() throws Exception {
    assumeTrue(Tools.has("curl"), "curl is not installed");
    TestTls tls = TestTls.in(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/config.yml"),
        """
        storage:
          filesystem:
            rootdirectory: /srv
        http:
          addr: :0
          tls:
            certificate: /etc/server.pem
            key: /etc/server.pem
        """);
    try (StorageRegistry registry = StorageRegistry.configured(root, "/etc/config.yml").start()) {
      assertThat(registry.uri().toString()).startsWith("https://127.0.0.1:");
      String url = registry.uri() + "/v2/";
      String[] curl = {"curl", "-q", "-sSf", "--noproxy", "*", url};
      assertThat(Tools.run(curl).output()).contains("certificate");
      String ca = tls.authority().toString();
      String[] trusting = {"curl", "-q", "-sSf", "--noproxy", "*", "--cacert", ca, url};
      assertThat(Tools.run(trusting).output()).isEqualTo("{}");
    }
    Files.writeString(root.resolve("etc/server.pem"), "no certificate");
    assertThatThrownBy(() -> StorageRegistry.configured(root, "/etc/config.yml").start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen")
        .hasRootCauseMessage("not PEM of the kind that is wanted");
  }

  @Test
  @DisplayName(
      "S8 the curl of a host that has none takes a certificate of the given authority only")
  void s8TheHostsOwnCurlChecksTheCertificate() throws IOException {
    TestTls tls = TestTls.in(root.resolve("tls"));
    try (EmbeddedHosts hosts = EmbeddedHosts.builder().ownCurl().start();
        SshShell shell = new SshShell(hosts);
        StorageRegistry registry =
            StorageRegistry.serving(root).tls(tls.server(), tls.server()).start()) {
      String url = "printf 'url = \"" + registry.uri() + "/v2/\"\\n";
      String ca = "cacert = \"" + tls.authority() + "\"\\n";
      String curl = "' | curl -q -fsS --connect-timeout 5 --max-time 60 -K -";
      assertThat(shell.run(0, url + curl).code()).isEqualTo(56);
      assertThat(shell.run(0, url + ca + curl)).isEqualTo(Answer.ok("{}"));
    }
  }
}

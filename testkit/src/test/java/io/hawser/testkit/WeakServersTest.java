package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import io.hawser.testkit.KexInitServer.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers with which no safe connection can be had. */
@Timeout(60)
class WeakServersTest {
  @TempDir Path temp;
  private SshClient client;

  @BeforeEach
  void start() {
    HostKeyPolicy policy = HostKeyPolicy.acceptNew(temp.resolve("known_hosts"));
    client = SshClients.jsch().hostKeys(policy).build();
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @ParameterizedTest(name = "N17 sshd with only {0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "KexAlgorithms    | diffie-hellman-group1-sha1 | curve25519-sha256",
        "KexAlgorithms    | diffie-hellman-group14-sha1 | curve25519-sha256",
        "HostKeyAlgorithms| ssh-rsa | rsa-sha2-512",
        "Ciphers          | aes128-cbc | aes128-gcm@openssh.com",
        "Ciphers          | 3des-cbc | aes256-ctr",
        "Ciphers          | chacha20-poly1305@openssh.com | aes256-ctr",
        "MACs             | hmac-md5 | hmac-sha2-256-etm@openssh.com",
        "MACs             | hmac-sha1-etm@openssh.com | hmac-sha2-512"
      })
  @DisplayName("N17 sshd with only weak algorithms is refused, and both lists are shown")
  void anSshdWithOnlyWeakAlgorithmsIsRefused(String option, String weak, String offered)
      throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    SshKeygen keygen = new SshKeygen(temp);
    Path user = keygen.key("user", "-t", "ed25519");
    Path hostKey = keygen.key("host", "-t", "rsa", "-b", "2048");
    String ciphers = option.equals("Ciphers") ? "" : "Ciphers aes128-ctr\n";
    List<String> config = List.of("HostKey " + hostKey, ciphers + option + " " + weak);
    try (SshDaemon server = new SshDaemon(temp.resolve("d"), "127.0.0.79", user, config)) {
      Host host = server.host(SshAccess.builder().keyFile(user.toString()));
      SshException failure = SshSteps.fail(client, host);
      assertThat(failure.reason()).isEqualTo(Reason.NEGOTIATION);
      assertThat(failure).hasMessageContaining("the server offers " + weak);
      assertThat(failure.getMessage()).containsPattern("Hawser offers \\S*" + offered);
    }
  }

  @ParameterizedTest(name = "N17 {0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "KEX                   | diffie-hellman-group-exchange-sha1",
        "HOST_KEY              | ssh-dss",
        "CIPHER_TO_SERVER      | none",
        "CIPHER_TO_CLIENT      | none",
        "MAC_TO_SERVER         | none",
        "MAC_TO_CLIENT         | hmac-md5-96",
        "COMPRESSION_TO_SERVER | zlib",
        "COMPRESSION_TO_CLIENT | zlib@openssh.com"
      })
  @DisplayName("N17 a server with a list without anything safe is refused, and both are shown")
  void aListWithoutAnythingSafeIsRefused(Kind kind, String weak) throws Exception {
    try (KexInitServer server = new KexInitServer(kind, weak)) {
      SshException failure = SshSteps.fail(client, server.host());
      assertThat(failure.reason()).isEqualTo(Reason.NEGOTIATION);
      assertThat(failure)
          .hasMessageContaining("Hawser offers " + String.join(",", server.offered(kind)))
          .hasMessageContaining("the server offers " + weak);
    }
  }

  @Test
  @DisplayName("N18 strict key exchange is always offered, and nothing that Terrapin could cut")
  void strictKeyExchangeIsAlwaysOffered() throws Exception {
    try (KexInitServer server = new KexInitServer(Kind.COMPRESSION_TO_CLIENT, "zlib")) {
      SshSteps.fail(client, server.host());
      assertThat(server.offered(Kind.KEX))
          .contains("kex-strict-c-v00@openssh.com", "curve25519-sha256");
      for (Kind kind : List.of(Kind.CIPHER_TO_SERVER, Kind.CIPHER_TO_CLIENT)) {
        assertThat(server.offered(kind)).allMatch(name -> name.matches("aes\\d+-(gcm@.*|ctr)"));
      }
      for (Kind kind : Kind.values()) {
        assertThat(server.offered(kind).toString()).doesNotContain("sha1", "md5", "cbc", "chacha");
      }
    }
  }

  @Test
  @DisplayName("N17 a server whose RSA host key has 1024 bits is refused in every policy")
  void aServerWithAShortHostKeyIsRefused() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    SshKeygen keygen = new SshKeygen(temp);
    Path user = keygen.key("user", "-t", "ed25519");
    Path hostKey = keygen.key("host", "-t", "rsa", "-b", "1024");
    List<String> config = List.of("HostKey " + hostKey, "LogLevel VERBOSE");
    try (SshDaemon server = new SshDaemon(temp.resolve("d"), "127.0.0.79", user, config)) {
      Host host = server.host(SshAccess.builder().keyFile(user.toString()));
      SshException failure = SshSteps.fail(client, host);
      assertThat(failure.reason()).isEqualTo(Reason.NEGOTIATION);
      assertThat(failure).hasMessageContaining("RSA key of 1024 bits");
      assertThat(temp.resolve("known_hosts")).doesNotExist();
      assertThat(server.log()).doesNotContain("publickey");
    }
  }
}

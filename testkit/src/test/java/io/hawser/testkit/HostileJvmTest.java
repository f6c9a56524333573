package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that other code in the JVM does to JSch makes Hawser trust more. */
@Timeout(120)
class HostileJvmTest {
  @TempDir Path temp;
  private SshKeygen keygen;
  private Path user;
  private Path hostKey;
  private Path knownHosts;

  @BeforeEach
  void makeKeys() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    keygen = new SshKeygen(temp);
    user = keygen.key("user", "-t", "ed25519");
    hostKey = keygen.key("host", "-t", "ed25519");
    knownHosts = temp.resolve("known_hosts");
  }

  @Test
  @DisplayName("N16 N12 N13 with the worst settings, keys are known, unknown or changed as ever")
  void keysAreKnownUnknownOrChangedAsEver() throws Exception {
    try (SshDaemon server = daemon("HostKey " + hostKey)) {
      assertThat(login(server, "strict")).startsWith("UNKNOWN_HOST_KEY").contains("SHA256:");
      assertThat(login(server, "accept-new")).isEqualTo("in");
      assertThat(knownHosts).hasContent(server.name() + " " + SshKeygen.line(hostKey) + "\n");
      SshKeygen.run(List.of("-q", "-H", "-f", knownHosts.toString()));
      assertThat(login(server, "strict")).isEqualTo("in");

      String other = SshKeygen.line(keygen.key("other", "-t", "ed25519"));
      Files.writeString(knownHosts, server.name() + " " + other);
      for (String policy : List.of("strict", "accept-new")) {
        assertThat(login(server, policy)).startsWith("CHANGED_HOST_KEY").contains("HAS CHANGED");
      }
      assertThat(knownHosts).hasContent(server.name() + " " + other);
    }
  }

  @Test
  @DisplayName("N16 N17 with the worst settings, a server that has only weak ones is refused")
  void aWeakServerIsRefused() throws Exception {
    for (String weak :
        List.of(
            "KexAlgorithms diffie-hellman-group14-sha1",
            "Ciphers aes128-cbc,3des-cbc",
            "Ciphers aes128-ctr\nMACs hmac-md5,hmac-sha1")) {
      try (SshDaemon server = daemon("HostKey " + hostKey, weak)) {
        assertThat(login(server, "accept-new")).startsWith("NEGOTIATION").contains("offers");
      }
    }
    assertThat(knownHosts).doesNotExist();
  }

  private SshDaemon daemon(String... config) throws Exception {
    return new SshDaemon(temp.resolve("sshd"), "127.0.0.78", user, List.of(config));
  }

  private String login(SshDaemon server, String policy) throws Exception {
    Host host = server.host(SshAccess.builder());
    return HostileJvm.login(host, user, policy, knownHosts);
  }
}

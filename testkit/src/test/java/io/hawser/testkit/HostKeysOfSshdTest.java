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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pinned keys and certificates of a real sshd. */
@Timeout(60)
class HostKeysOfSshdTest {
  private static final String ADDRESS = "127.0.0.80";

  @TempDir Path temp;
  private SshKeygen keygen;
  private Path user;
  private Path knownHosts;

  @BeforeEach
  void makeKeys() throws Exception {
    assumeTrue(Files.isExecutable(OpenSshServer.SSHD), "sshd is not installed");
    keygen = new SshKeygen(temp);
    user = keygen.key("user", "-t", "ed25519");
    knownHosts = temp.resolve("known_hosts");
  }

  @Test
  @DisplayName("N12 any of the host's keys may be pinned, and known_hosts is not needed")
  void anyOfTheHostsKeysMayBePinned() throws Exception {
    List<Path> keys =
        List.of(
            keygen.key("ed", "-t", "ed25519"),
            keygen.key("ec", "-t", "ecdsa", "-b", "384"),
            keygen.key("rsa", "-t", "rsa", "-b", "2048"));
    try (SshDaemon server = daemon(keys)) {
      for (Path key : keys) {
        for (HostKeyPolicy policy : policies()) {
          try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
            Host host = pinned(server, SshKeygen.fingerprint(key));
            client.run(host, SshSteps.command("true")).orThrow();
          }
        }
      }
      assertThat(server.log().lines().filter(line -> line.contains("Accepted publickey")))
          .hasSize(6);
      assertThat(server.log()).doesNotContain("Failed publickey");
      assertThat(knownHosts).doesNotExist();

      Files.writeString(knownHosts, "@revoked * " + SshKeygen.line(keys.get(0)));
      assertThat(failure(pinned(server, SshKeygen.fingerprint(keys.get(0)))))
          .hasMessageContaining("@revoked");
    }
  }

  @Test
  @DisplayName("N13 when none of its keys is pinned the host is refused and sees no credential")
  void whenNoneOfItsKeysIsPinnedTheHostIsRefused() throws Exception {
    List<Path> keys =
        List.of(keygen.key("ed", "-t", "ed25519"), keygen.key("rsa", "-t", "rsa", "-b", "2048"));
    String other = SshKeygen.fingerprint(keygen.key("other", "-t", "ed25519"));
    try (SshDaemon server = daemon(keys)) {
      Files.writeString(knownHosts, server.name() + " " + SshKeygen.line(keys.get(0)));
      for (HostKeyPolicy policy : policies()) {
        try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
          SshException failure = SshSteps.fail(client, pinned(server, other));
          assertThat(failure.reason()).isEqualTo(Reason.CHANGED_HOST_KEY);
          assertThat(failure)
              .hasMessageContaining(other)
              .hasMessageContaining("ssh-ed25519 " + SshKeygen.fingerprint(keys.get(0)))
              .hasMessageContaining("ssh-rsa " + SshKeygen.fingerprint(keys.get(1)));
        }
      }
      assertThat(server.log()).doesNotContain("publickey", "Failed", "Accepted");
    }
  }

  @Test
  @DisplayName("N14 a certificate is trusted by its authority alone, and stays so with a new key")
  void aCertificateIsTrustedByItsAuthority() throws Exception {
    Path ca = keygen.key("ca", "-t", "rsa", "-b", "3072");
    Files.writeString(knownHosts, "@cert-authority * " + SshKeygen.line(ca));
    for (String type : List.of("ed25519", "ecdsa")) {
      Path key = keygen.key("key-" + type, "-t", type);
      Path certificate = keygen.certificate(ca, key, type, "-h", "-n", "x," + ADDRESS);
      try (SshDaemon server = daemon(List.of(key), "HostCertificate " + certificate)) {
        for (HostKeyPolicy policy : policies()) {
          try (SshClient client = SshClients.jsch().hostKeys(policy).build()) {
            client.run(host(server), SshSteps.command("true")).orThrow();
            SshAccess.Builder stranger = SshAccess.builder().keyFile(key.toString());
            assertThat(SshSteps.fail(client, server.host(stranger)).reason())
                .isEqualTo(Reason.AUTHENTICATION);
          }
        }
      }
    }
    assertThat(Files.readAllLines(knownHosts)).hasSize(1);
  }

  @Test
  @DisplayName("N14 the name in a certificate may be a pattern, unlike in OpenSSH 9.2")
  void theNameInACertificateMayBeAPattern() throws Exception {
    Path ca = keygen.key("ca", "-t", "ed25519");
    Files.writeString(knownHosts, "@cert-authority * " + SshKeygen.line(ca));
    Path key = keygen.key("key", "-t", "ed25519");
    Path certificate = keygen.certificate(ca, key, "pattern", "-h", "-n", "127.0.0.*");
    try (SshDaemon server = daemon(List.of(key), "HostCertificate " + certificate);
        SshClient client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(knownHosts)).build()) {
      client.run(host(server), SshSteps.command("true")).orThrow();
    }
  }

  @Test
  @DisplayName("N14 a refused certificate is explained, and the host sees no credential")
  void aRefusedCertificateIsExplained() throws Exception {
    Path ca = keygen.key("ca", "-t", "ed25519");
    Path stranger = keygen.key("stranger", "-t", "ed25519");
    Path key = keygen.key("key", "-t", "ed25519");
    Files.writeString(knownHosts, "@cert-authority * " + SshKeygen.line(ca));
    refused(key, keygen.certificate(ca, key, "a", "-h", "-n", ADDRESS, "-V", "-2h:-1h"), "expired");
    refused(key, keygen.certificate(ca, key, "b", "-h", "-n", "10.0.0.1"), "principal");
    refused(key, keygen.certificate(ca, key, "c", "-n", ADDRESS), "user certificate");
    refused(key, keygen.certificate(stranger, key, "d", "-h", "-n", ADDRESS), "Authority");
    Path critical =
        keygen.certificate(ca, key, "e", "-h", "-n", ADDRESS, "-O", "critical:x@example.com=1");
    refused(key, critical, "critical options");

    Files.writeString(
        knownHosts,
        "@cert-authority * " + SshKeygen.line(ca) + "\n@revoked * " + SshKeygen.line(ca));
    Path good = keygen.certificate(ca, key, "f", "-h", "-n", ADDRESS);
    assertThat(refused(key, good, "revoked").reason()).isEqualTo(Reason.CHANGED_HOST_KEY);
  }

  @Test
  @DisplayName("N14 a certificate of an RSA key is not asked for; the key itself has to be known")
  void aCertificateOfAnRsaKeyIsNotAskedFor() throws Exception {
    Path ca = keygen.key("ca", "-t", "ed25519");
    Path key = keygen.key("key", "-t", "rsa", "-b", "2048");
    Path certificate = keygen.certificate(ca, key, "rsa", "-h", "-n", ADDRESS);
    Files.writeString(knownHosts, "@cert-authority * " + SshKeygen.line(ca));
    try (SshDaemon server = daemon(List.of(key), "HostCertificate " + certificate)) {
      assertThat(failure(host(server)))
          .hasMessageContaining("its host key ssh-rsa SHA256:")
          .hasMessageContaining("is not in " + knownHosts);
    }
  }

  private SshException refused(Path key, Path certificate, String why) throws Exception {
    try (SshDaemon server = daemon(List.of(key), "HostCertificate " + certificate)) {
      SshException failure = failure(host(server));
      assertThat(failure)
          .hasMessageContaining("its host certificate is not trusted: ")
          .hasMessageContaining(why)
          .hasMessageContaining(knownHosts.toString());
      assertThat(server.log()).doesNotContain("publickey", "Failed", "Accepted");
      return failure;
    }
  }

  private SshException failure(Host host) {
    try (SshClient client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(knownHosts)).build()) {
      return SshSteps.fail(client, host);
    }
  }

  private List<HostKeyPolicy> policies() {
    return List.of(HostKeyPolicy.strict(knownHosts), HostKeyPolicy.acceptNew(knownHosts));
  }

  private SshDaemon daemon(List<Path> keys, String... more) throws Exception {
    List<String> config = new ArrayList<>(List.of(more));
    config.add("LogLevel VERBOSE");
    keys.forEach(key -> config.add("HostKey " + key));
    Path folder = Files.createTempDirectory(temp, "sshd");
    return new SshDaemon(folder, ADDRESS, user, config);
  }

  private Host host(SshDaemon server) {
    return server.host(SshAccess.builder().keyFile(user.toString()));
  }

  private Host pinned(SshDaemon server, String fingerprint) {
    return server.host(SshAccess.builder().keyFile(user.toString()).hostKeys(List.of(fingerprint)));
  }
}

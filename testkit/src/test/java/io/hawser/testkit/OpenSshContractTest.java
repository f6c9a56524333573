package io.hawser.testkit;

import static io.hawser.testkit.SshSteps.command;
import static io.hawser.testkit.SshSteps.fail;
import static io.hawser.testkit.SshSteps.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The contract against the machine's own OpenSSH, where it is installed. */
class OpenSshContractTest extends SshContract {
  @BeforeAll
  static void needsSshd() {
    assumeTrue(
        Files.isExecutable(OpenSshServer.SSHD),
        OpenSshServer.SSHD + " is missing: install openssh-server to run these tests");
  }

  @Override
  SshTarget startTarget() throws Exception {
    return new OpenSshServer(temp);
  }

  @Test
  @DisplayName("N10 keys of every kind that ssh-keygen makes log in")
  void keysOfEveryKindLogIn() throws Exception {
    OpenSshServer server = (OpenSshServer) target;
    Map<String, List<String>> kinds =
        Map.of(
            "ed25519", List.of("-t", "ed25519"),
            "ecdsa", List.of("-t", "ecdsa", "-b", "384"),
            "rsa", List.of("-t", "rsa", "-b", "2048"),
            "rsa-pem", List.of("-t", "rsa", "-b", "2048", "-m", "PEM"),
            "ecdsa-pem", List.of("-t", "ecdsa", "-m", "PEM"),
            "rsa-pkcs8", List.of("-t", "rsa", "-b", "2048", "-m", "PKCS8"),
            "ecdsa-pkcs8", List.of("-t", "ecdsa", "-m", "PKCS8"));
    for (String kind : kinds.keySet()) {
      for (String passphrase : List.of("", "pass 'word")) {
        Path key = temp.resolve(kind + passphrase.length());
        keygen(key, passphrase, kinds.get(kind));
        Files.writeString(server.authorizedKeys(), Files.readString(Path.of(key + ".pub")));
        SshAccess.Builder access = withFile(key).port(server.host().ssh().port());
        if (!passphrase.isEmpty()) {
          access.passphrase(Secret.of(passphrase));
        }
        Host host = server.host().toBuilder().ssh(access.build()).build();
        assertThat(client.run(host, command("echo", "in")).stdout()).as(kind).isEqualTo("in\n");
      }
    }
  }

  @Test
  @DisplayName("N10 CR, a byte order mark and a missing line end do not matter in a key")
  void whatEditorsAddToAKeyDoesNotMatter() throws Exception {
    OpenSshServer server = (OpenSshServer) target;
    Path key = temp.resolve("plain");
    keygen(key, "", List.of("-t", "ed25519"));
    Files.writeString(server.authorizedKeys(), Files.readString(Path.of(key + ".pub")));
    String text = "\ufeff" + Files.readString(key).replace("\n", "\r\n").strip();
    Path odd = server.secret("odd", text);
    Host host =
        server.host().toBuilder()
            .ssh(withFile(odd).port(server.host().ssh().port()).build())
            .build();
    client.run(host, command("true")).orThrow();
  }

  @Test
  @DisplayName("N6 only the configured key is offered, once")
  void onlyTheConfiguredKeyIsOffered() throws Exception {
    target.close();
    OpenSshServer server = new OpenSshServer(temp, "LogLevel VERBOSE");
    target = server;
    Files.writeString(knownHosts, server.knownHostsLine(), StandardOpenOption.TRUNCATE_EXISTING);
    Files.writeString(server.authorizedKeys(), new TestKey().publicLine());

    assertThat(fail(client, server.host()).reason()).isEqualTo(Reason.AUTHENTICATION);
    assertThat(server.log().lines().filter(line -> line.contains("Failed publickey"))).hasSize(1);
  }

  @Test
  @DisplayName("N9 more commands than MaxSessions wait instead of failing")
  void moreCommandsThanMaxSessionsWait() throws Exception {
    target.close();
    OpenSshServer server = new OpenSshServer(temp, "MaxSessions 2");
    target = server;
    Files.writeString(knownHosts, server.knownHostsLine(), StandardOpenOption.TRUNCATE_EXISTING);
    ExecutorService pool = Executors.newFixedThreadPool(6);
    try {
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        results.add(
            pool.submit(() -> client.run(server.host(), script("sleep 0.3; echo ok")).stdout()));
      }
      for (Future<String> result : results) {
        assertThat(result.get()).isEqualTo("ok\n");
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  @DisplayName("N17 weak algorithms are not offered, and the failure shows both lists")
  void weakAlgorithmsAreNotOffered() throws Exception {
    target.close();
    OpenSshServer server = new OpenSshServer(temp, "Ciphers aes128-cbc,3des-cbc");
    target = server;
    Files.writeString(knownHosts, server.knownHostsLine(), StandardOpenOption.TRUNCATE_EXISTING);
    SshException failure = fail(client, server.host());

    assertThat(failure.reason()).isEqualTo(Reason.NEGOTIATION);
    assertThat(failure).hasMessageContaining("aes128-gcm").hasMessageContaining("3des-cbc");
  }

  private static SshAccess.Builder withFile(Path key) {
    return SshAccess.builder().user(System.getProperty("user.name")).keyFile(key.toString());
  }

  private static void keygen(Path key, String passphrase, List<String> kind) throws Exception {
    List<String> words = new ArrayList<>(List.of("ssh-keygen", "-q", "-N", passphrase, "-f"));
    words.add(key.toString());
    words.addAll(kind);
    assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
  }
}

package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.jcraft.jsch.JSch;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import io.hawser.ssh.jsch.SshClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logging in: which credentials a host gets to see, and when. */
@Timeout(60)
class SshLoginTest {
  private static final String PASSWORD = "canary-password";

  @TempDir Path temp;
  private EmbeddedSshServer server;
  private Path knownHosts;
  private SshClient client;

  @BeforeEach
  void start() throws Exception {
    server =
        EmbeddedSshServer.builder()
            .address("127.0.0.13")
            .password(Secret.of(PASSWORD))
            .authorizedKey(new TestKey().publicKey())
            .start();
    knownHosts = Files.writeString(temp.resolve("known_hosts"), server.knownHostsLine() + "\n");
    client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(knownHosts)).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  @DisplayName("N5 the password logs in at its first attempt")
  void thePasswordLogsInAtItsFirstAttempt() {
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();
    assertThat(server.passwordAttempts()).isEqualTo(1);
  }

  @Test
  @DisplayName("N5 a wrong password is offered exactly once and is in no message")
  void aWrongPasswordIsOfferedExactlyOnce() {
    SshException failure = SshSteps.fail(client, withPassword("canary-wrong"));

    assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION);
    assertThat(server.passwordAttempts()).isEqualTo(1);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause.toString()).doesNotContain("canary");
    }
  }

  @Test
  @DisplayName("N5 N6 a refused key is followed by the password, each once")
  void aRefusedKeyIsFollowedByThePassword() {
    Host host = withPassword(PASSWORD);
    SshAccess both = host.ssh().toBuilder().keyData(new TestKey().privateText()).build();
    client.run(host.toBuilder().ssh(both).build(), SshSteps.command("true")).orThrow();

    assertThat(server.keyAttempts()).isEqualTo(1);
    assertThat(server.passwordAttempts()).isEqualTo(1);
  }

  @Test
  @DisplayName("N13 N12 no credential is sent to a host whose key is not trusted")
  void noCredentialIsSentToAHostThatIsNotTrusted() throws Exception {
    server.stop();
    server.changeHostKey();
    server.start();
    assertThat(SshSteps.fail(client, withPassword(PASSWORD)).reason())
        .isEqualTo(Reason.CHANGED_HOST_KEY);
    Files.writeString(knownHosts, "");
    assertThat(SshSteps.fail(client, withPassword(PASSWORD)).reason())
        .isEqualTo(Reason.UNKNOWN_HOST_KEY);

    assertThat(server.passwordAttempts()).isZero();
    assertThat(server.keyAttempts()).isZero();
  }

  @Test
  @DisplayName("N16 another library's JSch settings change nothing")
  void anotherLibrarysSettingsChangeNothing() throws Exception {
    Map<String, String> before = new HashMap<>(JSch.getConfig());
    try {
      JSch.setConfig("StrictHostKeyChecking", "no");
      JSch.setConfig("PreferredAuthentications", "password,password,password");
      JSch.setConfig("MaxAuthTries", "6");
      for (String key : new String[] {"cipher.c2s", "cipher.s2c"}) {
        JSch.setConfig(key, "none,3des-cbc");
      }
      JSch.setConfig("mac.c2s", "hmac-md5");
      JSch.setConfig("mac.s2c", "hmac-md5");
      JSch.setConfig("kex", "diffie-hellman-group1-sha1");
      JSch.setConfig("server_host_key", "ssh-rsa");
      JSch.setConfig("aes128-gcm@openssh.com", "com.jcraft.jsch.CipherNone");
      JSch.setConfig("userauth.password", "no.such.Class");
      client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();

      client.close();
      Files.writeString(knownHosts, "");
      client = SshClients.jsch().hostKeys(HostKeyPolicy.strict(knownHosts)).build();
      assertThat(SshSteps.fail(client, withPassword(PASSWORD)).reason())
          .isEqualTo(Reason.UNKNOWN_HOST_KEY);
      assertThat(server.passwordAttempts()).isEqualTo(1);
    } finally {
      before.forEach(JSch::setConfig);
    }
  }

  @Test
  @DisplayName("N19 a connection is never shared with another credential")
  void aConnectionIsNeverSharedWithAnotherCredential() {
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();

    assertThat(SshSteps.fail(client, withPassword("other")).reason())
        .isEqualTo(Reason.AUTHENTICATION);
  }

  @Test
  @DisplayName("N5 N7 a refused password is not offered again by the next calls, another one is")
  void aRefusedPasswordIsNotOfferedAgain() {
    for (int call = 0; call < 5; call++) {
      SshException failure = SshSteps.fail(client, withPassword("canary-wrong"));
      assertThat(failure.reason()).isEqualTo(Reason.AUTHENTICATION);
      assertThat(failure).hasMessageContaining("user root was refused; tried the password");
    }
    assertThat(server.passwordAttempts()).isEqualTo(1);
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();
    SshSteps.fail(client, withPassword("canary-wrong"));
    assertThat(server.passwordAttempts()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "N7 a host that is gone after it refused a login may have banned us, and that is said")
  void aHostThatIsGoneAfterARefusedLoginMayHaveBannedUs() {
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();
    server.stop();
    assertThat(SshSteps.fail(client, withPassword(PASSWORD)).getMessage()).doesNotContain("ban");
    server.start();
    SshSteps.fail(client, withPassword("canary-wrong"));
    server.stop();
    for (String password : List.of("canary-other", PASSWORD)) {
      SshException failure = SshSteps.fail(client, withPassword(password));
      assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
      assertThat(failure).hasMessageContaining("nothing listens on port " + server.port());
      assertThat(failure).hasMessageContaining("It refused a login before, so this may be a ban");
    }
    server.start();
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();
    server.stop();
    assertThat(SshSteps.fail(client, withPassword(PASSWORD)).getMessage()).doesNotContain("ban");
  }

  @Test
  @DisplayName("N11 a key file that others can read is refused before connecting")
  void aKeyFileThatOthersCanReadIsRefused() throws Exception {
    Path key = Files.writeString(temp.resolve("key"), new TestKey().privateText().reveal());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    SshAccess access = SshAccess.builder().port(server.port()).keyFile(key.toString()).build();
    SshException failure = SshSteps.fail(client, Host.at(server.address()).ssh(access).build());

    assertThat(failure.reason()).isEqualTo(Reason.CREDENTIAL);
    assertThat(failure).hasMessageContaining("chmod 600 " + key);
    assertThat(server.keyAttempts()).isZero();
  }

  @Test
  @DisplayName("F2 a dead connection is opened again by the next command")
  void aDeadConnectionIsOpenedAgain() {
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();
    server.stop();
    server.start();
    assertThat(client.run(withPassword(PASSWORD), SshSteps.command("echo", "x")).stdout())
        .isEqualTo("x\n");
    assertThat(server.passwordAttempts()).isEqualTo(2);
  }

  @Test
  @DisplayName("F16 a closed client says so and leaves no thread of its own")
  void aClosedClientSaysSo() throws Exception {
    client.run(withPassword(PASSWORD), SshSteps.command("true")).orThrow();
    client.close();
    client.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> client.run(withPassword(PASSWORD), SshSteps.command("true")));
    for (int i = 0; i < 500 && threads() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("hawser-ssh"))
        .count();
  }

  private Host withPassword(String password) {
    SshAccess access =
        SshAccess.builder().port(server.port()).password(Secret.of(password)).build();
    return Host.at(server.address()).ssh(access).build();
  }
}

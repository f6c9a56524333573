package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.base.Throwables;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.lab.hosts.InControllerNetwork;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.secrets.Canary;
import io.hawser.lab.secrets.CanarySearch;
import io.hawser.ssh.Command;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.SshException;
import io.hawser.ssh.jsch.SshClients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Credentials that a real host refuses, or that cannot be used, as a program sees the failures. */
@RealHosts(1)
@InControllerNetwork(options = "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace")
@Timeout(120)
class RefusedSecretsIT {
  @Test
  @DisplayName("S1 N10 C8 no refused secret in an exception, its stack, its bytes or the log")
  void noRefusedSecretInAnExceptionOrTheLog(Lab lab, @TempDir Path directory) throws Exception {
    lab.on(
            1,
            "useradd -m typo && echo 'typo ALL=(ALL) ALL' >/etc/sudoers.d/typo"
                + " && echo typo:right | chpasswd && install -d -o typo /home/typo/.ssh"
                + " && cp /root/.ssh/authorized_keys /home/typo/.ssh && chown typo /home/typo/.ssh/*")
        .ok();
    Canary password = Canary.odd("password");
    Canary sudo = Canary.odd("sudo password");
    Canary phrase = Canary.odd("passphrase");
    Canary noKey = Canary.plain("text that is no key");
    Canary badKey = Canary.plain("key with a fault");
    String pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl%s\n-----END OPENSSH PRIVATE KEY-----\n";
    String encrypted = encryptedKey(lab, directory);
    List<SshAccess> wrong =
        List.of(
            SshAccess.builder().password(secret(password)).build(),
            SshAccess.builder()
                .user("typo")
                .keyFile(lab.key().toString())
                .password(secret(sudo))
                .build(),
            SshAccess.builder().keyData(Secret.of(encrypted)).passphrase(secret(phrase)).build(),
            SshAccess.builder().keyData(secret(noKey)).build(),
            SshAccess.builder().keyData(Secret.of(pem.formatted(badKey.value()))).build());

    PrintStream stderr = System.err;
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try (SshClient client =
        SshClients.jsch().hostKeys(HostKeyPolicy.strict(lab.knownHosts())).build()) {
      for (SshAccess access : wrong) {
        Host host = Host.at(lab.address(1)).ssh(access).build();
        SshException failure =
            catchThrowableOfType(
                SshException.class, () -> client.run(host, Command.of("echo", "here")));
        shown.writeBytes(
            Throwables.getStackTraceAsString(failure).getBytes(StandardCharsets.UTF_8));
        shown.writeBytes((access + " " + failure.reason()).getBytes(StandardCharsets.UTF_8));
        new ObjectOutputStream(shown).writeObject(failure);
      }
    } finally {
      System.setErr(stderr);
    }
    String text = shown.toString(StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains(" TRACE ", "SSH_MSG_NEWKEYS sent")
        .contains("AUTHENTICATION", "SUDO_WRONG_PASSWORD", "CREDENTIAL");
    List<Canary> canaries = List.of(password, sudo, phrase, noKey, badKey);
    assertThat(new CanarySearch(canaries).inBytes(text)).isEmpty();
  }

  private static String encryptedKey(Lab lab, Path directory) throws IOException {
    Path key = directory.resolve("encrypted");
    lab.exec("ssh-keygen", "-q", "-t", "ed25519", "-N", "right phrase", "-f", key.toString()).ok();
    return Files.readString(key);
  }

  private static Secret secret(Canary canary) {
    return Secret.of(canary.value());
  }
}

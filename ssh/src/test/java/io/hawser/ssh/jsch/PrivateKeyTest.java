package io.hawser.ssh.jsch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.KeyPair;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("N10 private keys that cannot work are refused before connecting")
class PrivateKeyTest {
  @TempDir Path temp;

  @Test
  void aMissingFileIsNamed() {
    String file = temp.resolve("none").toString();
    assertThat(refusal(SshAccess.builder().keyFile(file)))
        .hasMessage("10.0.0.1: the private key " + file + " does not exist");
    assertThat(refusal(SshAccess.builder().keyFile("~/no-such-key")))
        .hasMessageContaining(System.getProperty("user.home") + "/no-such-key");
  }

  @Test
  void textThatIsNoKeyIsRefused() {
    assertThat(refusal(text("hello"))).hasMessageContaining("known are OpenSSH, PEM");
    assertThat(refusal(text("ssh-ed25519 AAAA me"))).hasMessageContaining("is a public key");
  }

  @Test
  void anEncryptedKeyNeedsItsOwnPassphrase() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KeyPair pair = KeyPair.genKeyPair(new JSch(), KeyPair.ECDSA, 256);
    pair.writeOpenSSHv1PrivateKey(out, "right".getBytes(StandardCharsets.UTF_8));
    SshAccess.Builder key = text(out.toString(StandardCharsets.US_ASCII));

    assertThat(refusal(key)).hasMessageContaining("no passphrase is given");
    SshException wrong = refusal(key.passphrase(Secret.of("canary")));
    assertThat(wrong).hasMessageContaining("cannot be decrypted");
    assertThat(wrong.getMessage()).doesNotContain("canary");
    assertThat(PrivateKey.of(host(key.passphrase(Secret.of("right"))))).isPresent();
  }

  private static SshAccess.Builder text(String key) {
    return SshAccess.builder().keyData(Secret.of(key));
  }

  private static SshException refusal(SshAccess.Builder access) {
    SshException refusal =
        catchThrowableOfType(SshException.class, () -> PrivateKey.of(host(access)));
    assertThat(refusal.reason()).isEqualTo(Reason.CREDENTIAL);
    return refusal;
  }

  private static Host host(SshAccess.Builder access) {
    return Host.at("10.0.0.1").ssh(access.build()).build();
  }
}

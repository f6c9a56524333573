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
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import java.util.List;
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

  @Test
  @DisplayName("N10 an ECDSA key whose secret half begins with zero bytes can be used")
  void anEcdsaKeyWithAShortSecretHalfCanBeUsed() throws Exception {
    for (String curve : List.of("256", "384", "521")) {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp" + curve + "r1"));
      ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
      // One key in 512 is like this, or shorter.
      BigInteger secret =
          BigInteger.ONE.shiftLeft(Integer.parseInt(curve) - 12).subtract(BigInteger.TEN);
      ECPrivateKey key =
          (ECPrivateKey)
              KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(secret, spec));
      assertThat(PrivateKey.of(host(text(openSsh("nistp" + curve, key))))).isPresent();
      String pkcs8 = Base64.getEncoder().encodeToString(key.getEncoded());
      assertThat(
              PrivateKey.of(
                  host(
                      text(
                          "-----BEGIN PRIVATE KEY-----\n"
                              + pkcs8
                              + "\n-----END PRIVATE KEY-----\n"))))
          .isPresent();
    }
  }

  /** As ssh-keygen writes it: the number without zero bytes in front. */
  private static String openSsh(String curve, ECPrivateKey key) {
    int size = (key.getParams().getCurve().getField().getFieldSize() + 7) / 8;
    ECPoint point = PublicHalf.of(key);
    ByteBuffer half = ByteBuffer.allocate(1 + 2 * size).put((byte) 4);
    for (BigInteger number : List.of(point.getAffineX(), point.getAffineY())) {
      byte[] bytes = number.toByteArray();
      int skip = Math.max(0, bytes.length - size);
      half.put(new byte[Math.max(0, size - bytes.length)]).put(bytes, skip, bytes.length - skip);
    }
    byte[] type = ("ecdsa-sha2-" + curve).getBytes(StandardCharsets.US_ASCII);
    byte[] name = curve.getBytes(StandardCharsets.US_ASCII);
    byte[] open = OpenSshKey.fields(type, name, half.array());
    byte[] all = OpenSshKey.fields(type, name, half.array(), key.getS().toByteArray());
    return new String(OpenSshKey.file(open, all), StandardCharsets.US_ASCII);
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

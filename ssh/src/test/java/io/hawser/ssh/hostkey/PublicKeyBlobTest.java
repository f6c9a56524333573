package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PublicKeyBlobTest {
  private static final String LINE =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";

  @Test
  void aKeyHasTypeBytesAndTheFingerprintOfOpenSsh() {
    PublicKeyBlob key = TestKeys.ed25519(1);
    assertThat(key.type()).isEqualTo("ssh-ed25519");
    assertThat(key.line()).isEqualTo(LINE);
    assertThat(key.fingerprint()).isEqualTo("SHA256:RXm/ruZ0eTzRXKwi1AQEDynB0VgHQ2ac9KPSFdf/YnA");
    assertThat(key).hasToString("ssh-ed25519 " + key.fingerprint());
    assertThat(PublicKeyBlob.of(key.bytes())).contains(key);
    assertThat(key.rsaBits()).isZero();
    assertThat(key.isWeak()).isFalse();
  }

  @Test
  void aKeyCannotBeChangedThroughItsBytes() {
    PublicKeyBlob key = TestKeys.ed25519(1);
    Arrays.fill(key.bytes(), (byte) 0);
    assertThat(key).isEqualTo(TestKeys.ed25519(1)).hasSameHashCodeAs(TestKeys.ed25519(1));
    assertThat(key).isNotEqualTo(TestKeys.ed25519(2)).isNotEqualTo("x");
    assertThat(key.hashCode()).isNotEqualTo(TestKeys.ed25519(2).hashCode());
  }

  @Test
  void aLineMayHaveACommentAndBlanks() {
    assertThat(PublicKeyBlob.ofLine(LINE)).contains(TestKeys.ed25519(1));
    assertThat(PublicKeyBlob.ofLine("  " + LINE.replace(" ", "\t ") + " me at home\r\n"))
        .contains(TestKeys.ed25519(1));
  }

  @Test
  void whatIsNoKeyIsEmpty() {
    for (String line :
        new String[] {
          "", "ssh-ed25519", "ssh-ed25519 %%%", "ssh-rsa " + LINE.split(" ")[1], "x " + LINE
        }) {
      assertThat(PublicKeyBlob.ofLine(line)).as(line).isEmpty();
    }
    assertThat(PublicKeyBlob.of(new byte[0])).isEmpty();
    assertThat(PublicKeyBlob.of(new byte[] {0x7f, -1, -1, -1, 1})).isEmpty();
    assertThat(PublicKeyBlob.of(new byte[] {-1, -1, -1, -1, 1})).isEmpty();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-magic", new byte[3]))).isEmpty();
  }

  @Test
  void aKeyHasNeitherTooFewNorTooManyFields() {
    byte[] part = TestKeys.bytes(32, 1);
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-ed25519"))).isEmpty();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-ed25519", new byte[0]))).isEmpty();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-ed25519", part, part))).isEmpty();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-rsa", part))).isEmpty();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-dss", part, part, part, part))).isPresent();
  }

  @Test
  void anEcKeyIsOfTheCurveThatItsTypeNames() {
    byte[] point = TestKeys.bytes(65, 4);
    byte[] curve = "nistp256".getBytes();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ecdsa-sha2-nistp256", curve, point))).isPresent();
    assertThat(PublicKeyBlob.of(TestKeys.blob("ecdsa-sha2-nistp384", curve, point))).isEmpty();
  }

  @Test
  void rsaKeysBelow2048BitsAreWeak() {
    assertThat(TestKeys.rsa(2040).isWeak()).isTrue();
    assertThat(TestKeys.rsa(2040).rsaBits()).isEqualTo(2040);
    assertThat(TestKeys.rsa(2048).isWeak()).isFalse();
    assertThat(TestKeys.rsa(2048).rsaBits()).isEqualTo(2048);
  }

  @Test
  void aCertificateStandsForTheKeyThatItCertifies() {
    byte[] certificate = TestKeys.certificateOfEd25519(1);
    assertThat(PublicKeyBlob.of(certificate)).contains(TestKeys.ed25519(1));
    String text = Base64.getEncoder().encodeToString(certificate);
    assertThat(PublicKeyBlob.ofLine("ssh-ed25519-cert-v01@openssh.com " + text))
        .contains(TestKeys.ed25519(1));
    assertThat(PublicKeyBlob.of(TestKeys.blob("ssh-ed25519-cert-v01@openssh.com"))).isEmpty();
  }

  @Test
  void keysOnTokensAreKeysToo() {
    byte[] part = TestKeys.bytes(32, 1);
    String type = "sk-ssh-ed25519@openssh.com";
    assertThat(PublicKeyBlob.of(TestKeys.blob(type, part, part)).orElseThrow().type())
        .isEqualTo(type);
    byte[] certificate =
        TestKeys.blob("sk-ssh-ed25519-cert-v01@openssh.com", part, part, part, part);
    assertThat(PublicKeyBlob.of(certificate).orElseThrow().type()).isEqualTo(type);
  }
}

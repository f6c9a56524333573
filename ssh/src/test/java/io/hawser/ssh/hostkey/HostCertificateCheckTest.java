package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshException.Reason;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Of certificates JSch is the judge; the check says whom it may believe, and what follows. */
class HostCertificateCheckTest extends CheckedHostKeys {
  @Test
  @DisplayName(
      "N14 certificates are asked for where a line names an authority, but for no pinned key")
  void certificatesAreAskedForWhereALineNamesAnAuthority() throws Exception {
    String authority = "@cert-authority 10.0.0.* " + TestKeys.line(1);
    assertThat(strict(authority, 22).begin(() -> {})).startsWith("ssh-ed25519-cert-v01");
    assertThat(strict(authority.replace("10.", "11."), 22).begin(() -> {})).doesNotContain("cert");
    assertThat(strict("@revoked * " + TestKeys.line(1), 22).begin(() -> {})).contains("cert");
    assertThat(strict("10.0.0.1 " + TestKeys.rsa(2048).line(), 22).begin(() -> {}))
        .startsWith("rsa-sha2-512");
    Files.writeString(file(), authority);
    HostKeyPolicy policy = HostKeyPolicy.strict(file());
    assertThat(new HostKeyCheck(policy, pinned(TestKeys.ed25519(2))).begin(() -> {}))
        .doesNotContain("cert");
  }

  @Test
  @DisplayName("N14 JSch gets the authorities and revoked keys of this host only")
  void jschGetsTheAuthoritiesOfThisHostOnly() throws Exception {
    HostKeyCheck check =
        strict(
            "@cert-authority 10.0.0.*,!10.0.0.9 "
                + TestKeys.line(1)
                + "\n@cert-authority 10.0.0.2 "
                + TestKeys.line(2)
                + "\n@revoked * "
                + TestKeys.line(3)
                + "\n10.0.0.1 "
                + TestKeys.line(4),
            22);
    check.begin(trusted::incrementAndGet);
    assertThat(Arrays.stream(check.getHostKey()).map(HostCertificateCheckTest::text))
        .containsExactly(
            "@cert-authority * " + TestKeys.line(1),
            "@revoked * " + TestKeys.line(3),
            "@cert-authority * " + TestKeys.line(3));
    assertThat(trusted).hasValue(1);
    assertThat(check.getHostKey("10.0.0.1", null)).isEmpty();
    assertThat(check.getKnownHostsRepositoryID()).isEqualTo(file().toString());
  }

  private static String text(HostKey key) {
    return key.getMarker() + " " + key.getHost() + " ssh-ed25519 " + key.getKey();
  }

  @Test
  @DisplayName("N14 a certificate that is refused leaves the plain key, if that can be trusted")
  void aRefusedCertificateLeavesThePlainKey() throws Exception {
    String authority = "@cert-authority * " + TestKeys.line(9) + "\n";
    HostKeyCheck known = strict(authority + "10.0.0.1 " + TestKeys.line(1), 22);
    known.begin(() -> {});
    known.getHostKey();
    assertThat(known.refusal(new ExpiredCertificateException()).orElseThrow())
        .hasMessageContaining("its host certificate is not trusted: id:?[31m expired. The")
        .hasMessageContaining("@cert-authority lines of " + file());
    assertThat(known.triesOn()).isTrue();
    assertThat(known.begin(trusted::incrementAndGet)).doesNotContain("cert");
    assertThat(known.check("x", TestKeys.ed25519(1).bytes())).isEqualTo(HostKeyRepository.OK);

    HostKeyCheck unknown = strict(authority, 22);
    unknown.begin(() -> {});
    unknown.getHostKey();
    assertThat(refusal(unknown, new ExpiredCertificateException(), Reason.UNKNOWN_HOST_KEY))
        .hasCauseInstanceOf(ExpiredCertificateException.class);
    assertThat(unknown.triesOn()).isFalse();
  }

  @Test
  @DisplayName("N13 nothing is learned of a host whose certificate is bad")
  void nothingIsLearnedOfAHostWhoseCertificateIsBad() throws Exception {
    String text = "@cert-authority * " + TestKeys.line(9) + "\n10.0.0.1 " + TestKeys.line(1);
    Files.writeString(file(), text.replace("10.0.0.1", "[10.0.0.1]:22"));
    HostKeyCheck bad = new HostKeyCheck(HostKeyPolicy.acceptNew(file()), host(22));
    bad.begin(() -> {});
    bad.getHostKey();
    refusal(bad, new ExpiredCertificateException(), Reason.UNKNOWN_HOST_KEY);
    assertThat(bad.triesOn()).isFalse();

    HostKeyCheck stranger = new HostKeyCheck(HostKeyPolicy.acceptNew(file()), host(22));
    stranger.begin(() -> {});
    stranger.getHostKey();
    refusal(stranger, new UnknownCACertificateException(), Reason.UNKNOWN_HOST_KEY);
    assertThat(stranger.triesOn()).isTrue();
    assertThat(show(stranger, TestKeys.ed25519(5))).isEqualTo(HostKeyRepository.OK);
    assertThat(Files.readAllLines(file())).hasSize(3);
  }

  @Test
  @DisplayName("N14 a revoked certificate is final, and so is one whose signer may be revoked")
  void aRevokedCertificateIsFinal() throws Exception {
    String text = "10.0.0.1 " + TestKeys.line(1) + "\n@revoked * " + TestKeys.line(9);
    HostKeyCheck revoked = strict(text, 22);
    revoked.begin(() -> {});
    revoked.getHostKey();
    refusal(revoked, new RevokedHostKeyCertificateException(), Reason.CHANGED_HOST_KEY);
    assertThat(revoked.triesOn()).isFalse();

    HostKeyCheck unclear = strict(text, 22);
    unclear.begin(() -> {});
    refusal(unclear, new ExpiredCertificateException(), Reason.UNKNOWN_HOST_KEY);
    assertThat(unclear.triesOn()).isFalse();
  }

  @Test
  @DisplayName("N14 a plain key that is refused too tells of the certificate as well")
  void aPlainKeyThatIsRefusedTooTellsOfTheCertificate() throws Exception {
    String text = "@cert-authority * " + TestKeys.line(9) + "\n10.0.0.1 " + TestKeys.line(1);
    HostKeyCheck check = strict(text, 22);
    check.begin(() -> {});
    check.getHostKey();
    refusal(check, new ExpiredCertificateException(), Reason.UNKNOWN_HOST_KEY);
    assertThat(show(check, TestKeys.ed25519(2))).isEqualTo(HostKeyRepository.CHANGED);
    assertThat(refusal(check, Reason.CHANGED_HOST_KEY))
        .hasMessageContaining("HAS CHANGED")
        .hasMessageContaining("before that, 10.0.0.1: its host certificate is not trusted");
    assertThat(check.triesOn()).isFalse();
  }

  private static final class ExpiredCertificateException extends JSchException {
    private static final long serialVersionUID = 1L;

    ExpiredCertificateException() {
      super("rejected HostKey: id:\u001b[31m expired");
    }
  }

  private static final class UnknownCACertificateException extends JSchException {
    private static final long serialVersionUID = 1L;

    UnknownCACertificateException() {
      super("Certificate of a stranger");
    }
  }

  private static final class RevokedHostKeyCertificateException extends JSchException {
    private static final long serialVersionUID = 1L;

    RevokedHostKeyCertificateException() {
      super("revoked");
    }
  }
}

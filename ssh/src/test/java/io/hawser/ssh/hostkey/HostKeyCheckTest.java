package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshException;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyCheckTest {
  private static final Exception OTHER = new JSchException("link lost");

  @TempDir Path temp;
  private final AtomicInteger trusted = new AtomicInteger();

  @Test
  @DisplayName("N12 a known key is trusted, before the login and once")
  void aKnownKeyIsTrusted() throws Exception {
    HostKeyCheck check = strict("10.0.0.1 " + TestKeys.line(1), 22);
    assertThat(show(check, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.OK);
    assertThat(trusted).hasValue(1);
    assertThat(check.refusal(OTHER)).isEmpty();
    assertThat(check.triesOn()).isFalse();
  }

  @Test
  @DisplayName("N12 an unknown key is refused with fingerprint, files and what to run")
  void anUnknownKeyIsRefused() throws Exception {
    HostKeyCheck check = strict("", 2222);
    assertThat(show(check, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.NOT_INCLUDED);
    assertThat(refusal(check, Reason.UNKNOWN_HOST_KEY))
        .hasMessageStartingWith("10.0.0.1: its host key ssh-ed25519 SHA256:")
        .hasMessageContaining(TestKeys.ed25519(1).fingerprint() + " is not in " + file())
        .hasMessageContaining("ssh_host_ed25519_key.pub")
        .hasMessageContaining("ssh-keyscan -p 2222 10.0.0.1 >> " + file() + ";");
    assertThat(trusted).hasValue(0);
    assertThat(check.triesOn()).isFalse();
    HostKeyCheck standard = strict("", 22);
    show(standard, TestKeys.rsa(2048));
    assertThat(refusal(standard, Reason.UNKNOWN_HOST_KEY))
        .hasMessageContaining("ssh-keyscan 10.0.0.1 >>")
        .hasMessageContaining("ssh_host_rsa_key.pub");
  }

  @Test
  @DisplayName("N12 without any file nothing is known")
  void withoutAnyFileNothingIsKnown() {
    HostKeyCheck check = new HostKeyCheck(HostKeyPolicy.strict(new Path[0]), host(22));
    assertThat(show(check, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.NOT_INCLUDED);
    assertThat(refusal(check, Reason.UNKNOWN_HOST_KEY))
        .hasMessageContaining("none is named")
        .hasMessageContaining(">> known_hosts;");
  }

  @Test
  @DisplayName("N13 a changed key is refused under every policy and the file stays as it was")
  void aChangedKeyIsRefused() throws Exception {
    String line = "[10.0.0.1]:2222 " + TestKeys.line(1);
    Files.writeString(file(), line);
    for (HostKeyPolicy policy :
        List.of(HostKeyPolicy.strict(file()), HostKeyPolicy.acceptNew(file()))) {
      HostKeyCheck check = new HostKeyCheck(policy, host(2222));
      assertThat(show(check, TestKeys.ed25519(2))).isEqualTo(HostKeyRepository.CHANGED);
      assertThat(refusal(check, Reason.CHANGED_HOST_KEY))
          .hasMessageContaining("its host key HAS CHANGED: it shows ssh-ed25519 SHA256:")
          .hasMessageContaining("ssh-keygen -f " + file() + " -R '[10.0.0.1]:2222'");
    }
    assertThat(file()).hasContent(line);
    assertThat(trusted).hasValue(0);
  }

  @Test
  @DisplayName("N12 a new key is learned when told, under the host's name and port")
  void aNewKeyIsLearnedWhenTold() throws Exception {
    HostKeyCheck check = new HostKeyCheck(HostKeyPolicy.acceptNew(file()), host(2222));
    assertThat(show(check, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.OK);
    assertThat(trusted).hasValue(1);
    assertThat(file()).hasContent("[10.0.0.1]:2222 " + TestKeys.line(1) + "\n");
  }

  @Test
  @DisplayName("N14 a revoked key is refused, pinned or not")
  void aRevokedKeyIsRefused() throws Exception {
    String lines = "10.0.0.1 " + TestKeys.line(1) + "\n@revoked * " + TestKeys.line(1);
    Files.writeString(file(), lines);
    for (Host host : List.of(host(22), pinned(TestKeys.ed25519(1)))) {
      HostKeyCheck check = new HostKeyCheck(HostKeyPolicy.acceptNew(file()), host);
      assertThat(show(check, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.CHANGED);
      assertThat(refusal(check, Reason.CHANGED_HOST_KEY))
          .hasMessageContaining("marked @revoked in " + file());
      assertThat(check.triesOn()).isFalse();
    }
    assertThat(trusted).hasValue(0);
  }

  @Test
  @DisplayName("N17 an RSA key below 2048 bits is refused even if it is known or pinned")
  void aShortRsaKeyIsRefused() throws Exception {
    PublicKeyBlob weak = TestKeys.rsa(1024);
    Files.writeString(file(), "10.0.0.1 " + weak.line());
    for (Host host : List.of(host(22), pinned(weak))) {
      HostKeyCheck check = new HostKeyCheck(HostKeyPolicy.acceptNew(file()), host);
      assertThat(show(check, weak)).isEqualTo(HostKeyRepository.NOT_INCLUDED);
      assertThat(refusal(check, Reason.NEGOTIATION))
          .hasMessageContaining("ssh-rsa SHA256:")
          .hasMessageContaining("RSA key of 1024 bits, and fewer than 2048");
    }
  }

  @Test
  @DisplayName("N12 a key that cannot be read, or files that cannot, are refusals")
  void whatCannotBeReadIsRefused() throws Exception {
    HostKeyCheck check = strict("", 22);
    check.begin(trusted::incrementAndGet);
    assertThat(check.check("x", new byte[] {0, 0, 0, 1})).isEqualTo(HostKeyRepository.NOT_INCLUDED);
    assertThat(refusal(check, Reason.NEGOTIATION)).hasMessageContaining("of a kind");

    HostKeyCheck folder = new HostKeyCheck(HostKeyPolicy.strict(temp), host(22));
    assertThat(folder.begin(trusted::incrementAndGet)).startsWith("ssh-ed25519,");
    assertThat(show(folder, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.NOT_INCLUDED);
    assertThat(refusal(folder, Reason.UNKNOWN_HOST_KEY))
        .hasMessageContaining("the known host keys cannot be used: ")
        .hasMessageContaining("look at " + temp)
        .hasCauseInstanceOf(IOException.class);
    assertThat(folder.getHostKey()).isEmpty();
  }

  @Test
  @DisplayName("N12 a pinned key is trusted whatever known_hosts says")
  void aPinnedKeyIsTrusted() throws Exception {
    Files.writeString(file(), "10.0.0.1 " + TestKeys.line(2));
    Host host = pinned(TestKeys.ed25519(1));
    HostKeyCheck check = new HostKeyCheck(HostKeyPolicy.strict(file()), host);
    assertThat(show(check, TestKeys.ed25519(1))).isEqualTo(HostKeyRepository.OK);
    assertThat(trusted).hasValue(1);
  }

  @Test
  @DisplayName("N13 when a key is pinned the host may show its others first, and none is learned")
  void theHostMayShowItsOtherKeysFirst() throws Exception {
    PublicKeyBlob rsa = TestKeys.rsa(2048);
    HostKeyCheck check = new HostKeyCheck(HostKeyPolicy.acceptNew(file()), pinned(rsa));
    assertThat(check.begin(trusted::incrementAndGet)).startsWith("ssh-ed25519,");
    assertThat(check.check("x", TestKeys.ed25519(1).bytes())).isEqualTo(HostKeyRepository.CHANGED);
    assertThat(check.triesOn()).isTrue();
    assertThat(refusal(check, Reason.CHANGED_HOST_KEY))
        .hasMessageContaining("none of those pinned for it (" + rsa.fingerprint() + ")")
        .hasMessageContaining("it shows " + TestKeys.ed25519(1));

    assertThat(check.begin(trusted::incrementAndGet)).startsWith("ecdsa-").contains("rsa-sha2");
    assertThat(check.triesOn()).isFalse();
    assertThat(check.refusal(OTHER)).isEmpty();
    assertThat(check.check("x", rsa.bytes())).isEqualTo(HostKeyRepository.OK);
    assertThat(trusted).hasValue(1);
    assertThat(file()).doesNotExist();
  }

  @Test
  @DisplayName("N13 a host that shows keys of one type again and again is not asked for ever")
  void aHostIsNotAskedForEver() {
    HostKeyCheck check =
        new HostKeyCheck(HostKeyPolicy.acceptNew(file()), pinned(TestKeys.ed25519(1)));
    show(check, TestKeys.ed25519(2));
    assertThat(check.triesOn()).isTrue();
    show(check, TestKeys.ed25519(3));
    assertThat(check.triesOn()).isFalse();
    assertThat(refusal(check, Reason.CHANGED_HOST_KEY))
        .hasMessageContaining(
            "it shows " + TestKeys.ed25519(2) + ", " + TestKeys.ed25519(3) + ". Either");
  }

  @Test
  @DisplayName("N13 a host that has shown a key of every type is not asked again")
  void aHostThatHasShownAllIsNotAskedAgain() {
    HostKeyCheck check =
        new HostKeyCheck(HostKeyPolicy.acceptNew(file()), pinned(TestKeys.ed25519(1)));
    for (int bits : new int[] {256, 384, 521}) {
      byte[] curve = ("nistp" + bits).getBytes(StandardCharsets.US_ASCII);
      byte[] key = TestKeys.blob("ecdsa-sha2-nistp" + bits, curve, TestKeys.bytes(65, 4));
      show(check, PublicKeyBlob.of(key).orElseThrow());
      assertThat(check.triesOn()).isTrue();
    }
    show(check, TestKeys.rsa(2048));
    assertThat(check.triesOn()).isTrue();
    show(check, TestKeys.ed25519(2));
    assertThat(check.triesOn()).isFalse();
  }

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
    assertThat(Arrays.stream(check.getHostKey()).map(HostKeyCheckTest::text))
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

  @Test
  @DisplayName("N13 JSch can neither add nor remove keys")
  void jschCanNeitherAddNorRemoveKeys() throws Exception {
    HostKeyCheck check = strict("10.0.0.1 " + TestKeys.line(1), 22);
    check.add(new HostKey("x", TestKeys.ed25519(2).bytes()), null);
    check.remove("10.0.0.1", "ssh-ed25519");
    check.remove("10.0.0.1", "ssh-ed25519", TestKeys.ed25519(1).bytes());
    assertThat(file()).hasContent("10.0.0.1 " + TestKeys.line(1));
  }

  private int show(HostKeyCheck check, PublicKeyBlob key) {
    check.begin(trusted::incrementAndGet);
    return check.check("whatever JSch calls it", key.bytes());
  }

  private static SshException refusal(HostKeyCheck check, Reason reason) {
    return refusal(check, OTHER, reason);
  }

  private static SshException refusal(HostKeyCheck check, Throwable failure, Reason reason) {
    SshException refusal = check.refusal(failure).orElseThrow();
    assertThat(refusal.reason()).isEqualTo(reason);
    return refusal;
  }

  private HostKeyCheck strict(String lines, int port) throws IOException {
    return new HostKeyCheck(HostKeyPolicy.strict(Files.writeString(file(), lines)), host(port));
  }

  private Path file() {
    return temp.resolve("known_hosts");
  }

  private static Host host(int port) {
    return Host.at("10.0.0.1").ssh(SshAccess.builder().port(port).build()).build();
  }

  private static Host pinned(PublicKeyBlob key) {
    SshAccess access = SshAccess.builder().hostKeys(List.of(key.fingerprint())).build();
    return Host.at("10.0.0.1").ssh(access).build();
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

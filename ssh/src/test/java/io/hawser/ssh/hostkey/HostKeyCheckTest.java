package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import io.hawser.cluster.Host;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HostKeyCheckTest extends CheckedHostKeys {
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
  @DisplayName("N13 JSch can neither add nor remove keys")
  void jschCanNeitherAddNorRemoveKeys() throws Exception {
    HostKeyCheck check = strict("10.0.0.1 " + TestKeys.line(1), 22);
    check.add(new HostKey("x", TestKeys.ed25519(2).bytes()), null);
    check.remove("10.0.0.1", "ssh-ed25519");
    check.remove("10.0.0.1", "ssh-ed25519", TestKeys.ed25519(1).bytes());
    assertThat(file()).hasContent("10.0.0.1 " + TestKeys.line(1));
  }
}

package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("N17 the algorithms of host keys that are offered")
class HostKeyAlgorithmsTest {
  @Test
  void areStrongOnesOnly() {
    assertThat(HostKeyAlgorithms.offer(false, List.of(), List.of()))
        .isEqualTo(
            "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,"
                + "rsa-sha2-512,rsa-sha2-256");
  }

  @Test
  void beginWithThoseOfKnownKeys() {
    assertThat(HostKeyAlgorithms.offer(false, List.of("ssh-rsa"), List.of()))
        .startsWith("rsa-sha2-512,rsa-sha2-256,ssh-ed25519,");
    assertThat(HostKeyAlgorithms.offer(false, List.of("ssh-dss"), List.of()))
        .startsWith("ssh-ed25519,")
        .doesNotContain("dss");
  }

  @Test
  void areWithoutThoseThatWereRefused() {
    assertThat(
            HostKeyAlgorithms.offer(
                false, List.of(), List.of("ssh-rsa", "ssh-ed25519", "ecdsa-sha2-nistp256")))
        .isEqualTo("ecdsa-sha2-nistp384,ecdsa-sha2-nistp521");
  }

  @Test
  void includeCertificatesFirstWhereAnAuthorityIsKnown() {
    assertThat(HostKeyAlgorithms.offer(true, List.of("ssh-rsa"), List.of()))
        .startsWith(
            "ssh-ed25519-cert-v01@openssh.com,ecdsa-sha2-nistp256-cert-v01@openssh.com,"
                + "ecdsa-sha2-nistp384-cert-v01@openssh.com,"
                + "ecdsa-sha2-nistp521-cert-v01@openssh.com,rsa-sha2-512,")
        .doesNotContain("rsa-cert", "rsa-sha2-512-cert");
  }
}

package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.ssh.hostkey.KnownKeys.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("N14 known_hosts lines")
class KnownKeysTest {
  @TempDir Path temp;

  @Test
  void aHostIsKnownByItsOwnKeyOnly() throws Exception {
    String line = "10.0.0.1 " + TestKeys.line(1);
    assertThat(verdict(line, "10.0.0.1", 1)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(line, "10.0.0.1", 2)).isEqualTo(Verdict.CHANGED);
    assertThat(verdict(line, "110.0.0.1", 1)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aKeyOfAnotherTypeDoesNotMakeAHostNew() throws Exception {
    String rsa = "10.0.0.1 ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7";
    assertThat(verdict(rsa, "10.0.0.1", 1)).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void aPortHasItsOwnKeyAndMayUseThatOfTheAddress() throws Exception {
    String both = "[10.0.0.1]:2222 " + TestKeys.line(1) + "\n10.0.0.1 " + TestKeys.line(2);
    assertThat(verdict(both, "[10.0.0.1]:2222", 1)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(both, "[10.0.0.1]:2222", 2)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(both, "[10.0.0.1]:2222", 3)).isEqualTo(Verdict.CHANGED);
    assertThat(verdict(both, "[10.0.0.1]:2223", 3)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aRevokedKeyIsNeverKnown() throws Exception {
    String line = "10.0.0.1 " + TestKeys.line(1) + "\n@revoked * " + TestKeys.line(1);
    assertThat(verdict(line, "10.0.0.1", 1)).isEqualTo(Verdict.REVOKED);
  }

  @Test
  void aCertificateAuthorityIsNoHostKey() throws Exception {
    assertThat(verdict("@cert-authority * " + TestKeys.line(1), "10.0.0.1", 1))
        .isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void patternsAndTheirExceptionsCount() throws Exception {
    String line = "10.0.0.*,!10.0.0.9 " + TestKeys.line(1);
    assertThat(verdict(line, "10.0.0.1", 1)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(line, "10.0.0.9", 1)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void hashedNamesOfSshKeygenMatch() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is not installed");
    Path file = temp.resolve("known_hosts");
    String lines = "10.0.0.1 " + TestKeys.line(1) + "\n[10.0.0.2]:2222 " + TestKeys.line(2) + "\n";
    Files.writeString(file, lines);
    new ProcessBuilder("/usr/bin/ssh-keygen", "-q", "-H", "-f", file.toString()).start().waitFor();
    String hashed = Files.readString(file);

    assertThat(hashed).contains("|1|").doesNotContain("10.0.0");
    assertThat(verdict(hashed, "10.0.0.1", 1)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(hashed, "10.0.0.1", 2)).isEqualTo(Verdict.CHANGED);
    assertThat(verdict(hashed, "[10.0.0.2]:2222", 2)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(hashed, "10.0.0.2", 2)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void aMalformedLineSpoilsNoOther() throws Exception {
    String lines = "10.0.0.2 ssh-ed25519 %%%\n\nx\n10.0.0.1 " + TestKeys.line(1) + " comment\r\n";
    assertThat(verdict(lines, "10.0.0.1", 1)).isEqualTo(Verdict.KNOWN);
  }

  private Verdict verdict(String text, String name, int key) throws IOException {
    Path file = Files.writeString(temp.resolve("known_hosts"), text);
    return KnownKeys.read(List.of(file, temp.resolve("missing")), name).of(TestKeys.ed25519(key));
  }
}

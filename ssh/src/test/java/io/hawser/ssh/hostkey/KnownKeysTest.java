package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hawser.ssh.hostkey.KnownKeys.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
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
    String rsa = "10.0.0.1 " + TestKeys.rsa(1024).line();
    assertThat(verdict(rsa, "10.0.0.1", 1)).isEqualTo(Verdict.CHANGED);
  }

  @Test
  void aPortHasItsOwnKeyAndMayUseThatOfTheAddress() throws Exception {
    String both = "[10.0.0.1]:2222 " + TestKeys.line(1) + "\n10.0.0.1 " + TestKeys.line(2);
    assertThat(verdict(both, "[10.0.0.1]:2222", 1)).isEqualTo(Verdict.KNOWN);
    assertThat(verdict(both, "[10.0.0.1]:2222", 2)).isEqualTo(Verdict.CHANGED);
    assertThat(verdict(both, "[10.0.0.1]:2223", 2)).isEqualTo(Verdict.KNOWN);
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

  @Test
  void aCertificateInPlaceOfAKeyMakesAHostChanged() throws Exception {
    String text = Base64.getEncoder().encodeToString(TestKeys.certificateOfEd25519(1));
    String line = "10.0.0.1 ssh-ed25519-cert-v01@openssh.com " + text;
    assertThat(verdict(line, "10.0.0.1", 1)).isEqualTo(Verdict.CHANGED);
    assertThat(verdict("@revoked " + line, "10.0.0.1", 1)).isEqualTo(Verdict.REVOKED);
    assertThat(verdict("@revoked " + line, "10.0.0.1", 2)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void revokedKeysOfTheBareAddressCountForItsPorts() throws Exception {
    String lines =
        "[10.0.0.1]:2222 " + TestKeys.line(1) + "\n@revoked 10.0.0.1 " + TestKeys.line(1);
    assertThat(verdict(lines, "[10.0.0.1]:2222", 1)).isEqualTo(Verdict.REVOKED);
    assertThat(verdict(lines, "[10.0.0.2]:2222", 1)).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void namesAreComparedWithoutCase() throws Exception {
    String line = "Host.Example " + TestKeys.line(1);
    assertThat(verdict(line, "hOST.example", 1)).isEqualTo(Verdict.KNOWN);
  }

  @Test
  void theTypesThatCouldBeAcceptedAreKnown() throws Exception {
    String lines =
        "10.0.0.1 " + TestKeys.line(2) + "\n[10.0.0.1]:2222 " + TestKeys.rsa(2048).line();
    assertThat(read(lines, "[10.0.0.1]:2222").types()).containsExactly("ssh-rsa", "ssh-ed25519");
    assertThat(read(lines, "10.0.0.1").types()).containsExactly("ssh-ed25519");
    assertThat(read("10.0.0.1 " + TestKeys.rsa(1024).line(), "10.0.0.1").types()).isEmpty();
    assertThat(read("@cert-authority * " + TestKeys.line(1), "10.0.0.1").types()).isEmpty();
  }

  @Test
  void authoritiesAndRevokedKeysAreTold() throws Exception {
    String lines =
        "@cert-authority 10.0.0.* "
            + TestKeys.line(1)
            + "\n@cert-authority * "
            + TestKeys.rsa(1024).line()
            + "\n@revoked * "
            + TestKeys.line(2)
            + "\n10.0.0.1 "
            + TestKeys.line(3);
    KnownKeys known = read(lines, "[10.0.0.1]:2222");
    assertThat(known.authorities()).containsExactly(TestKeys.ed25519(1));
    assertThat(known.revoked()).containsExactly(TestKeys.ed25519(2));
    assertThat(read(lines, "11.0.0.1").authorities()).isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsAnError() throws Exception {
    assertThatThrownBy(() -> KnownKeys.read(List.of(temp), "10.0.0.1"))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("N14 ssh-keygen -F finds the lines that count, and no others")
  void sshKeygenFindsTheSameLines() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")), "ssh-keygen is not installed");
    List<String> names =
        List.of(
            "10.0.0.1",
            "10.0.0.?",
            "10.0.0.*",
            "*",
            "*,!10.0.0.1",
            "!10.0.0.2,10.*",
            "a,10.0.0.1",
            "[10.0.0.1]:22",
            "[10.0.0.1]:2222",
            "[10.0.0.*]:*",
            "110.0.0.1",
            "10x0.0.1",
            "!*,*",
            "10.0.0.1,",
            "|1|AAAAAAAAAAAAAAAAAAAAAAAAAAA=|9GdWSkum9tfQDkU01dy2AbH6Ig0=",
            "|1|x");
    for (String host : List.of("10.0.0.1", "10.0.0.2", "[10.0.0.1]:2222", "[10.0.0.2]:22")) {
      for (String pattern : names) {
        String text = pattern + " " + TestKeys.line(1) + "\n";
        boolean ours = KnownHostsLine.parse(text.strip()).orElseThrow().isAbout(host);
        assertThat(ours).as(pattern + " for " + host).isEqualTo(sshKeygenFinds(text, host));
      }
    }
  }

  private boolean sshKeygenFinds(String text, String host) throws Exception {
    Path file = Files.writeString(temp.resolve("find"), text);
    Process process =
        new ProcessBuilder("/usr/bin/ssh-keygen", "-F", host, "-f", file.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.contains("found: line 1");
  }

  private KnownKeys read(String text, String name) throws IOException {
    Path file = Files.writeString(temp.resolve("known_hosts"), text);
    return KnownKeys.read(List.of(file), name);
  }

  private Verdict verdict(String text, String name, int key) throws IOException {
    Path file = Files.writeString(temp.resolve("known_hosts"), text);
    return KnownKeys.read(List.of(file, temp.resolve("missing")), name).of(TestKeys.ed25519(key));
  }
}

package io.hawser.ssh.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.hostkey.KnownHostsLine.Marker;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("N14 a line of known_hosts")
class KnownHostsLineTest {
  private static final String KEY = TestKeys.line(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "# a KEY",
        "#a KEY",
        "a",
        "a ssh-ed25519",
        "a ssh-ed25519 %%%",
        "a ssh-magic AAAA",
        "@revoked KEY",
        "@trusted a KEY",
        "@REVOKED a KEY",
        "@ a KEY",
        "@revoked @cert-authority a KEY"
      })
  void isSkippedWhenItSaysNothing(String line) {
    assertThat(KnownHostsLine.parse(line.replace("KEY", KEY))).isEmpty();
  }

  @Test
  void hasMarkerNamesAndKey() {
    KnownHostsLine plain = KnownHostsLine.parse("a,b " + KEY).orElseThrow();
    assertThat(plain).isEqualTo(new KnownHostsLine(Marker.NONE, "a,b", TestKeys.ed25519(1)));
    assertThat(marker("@revoked a " + KEY)).isEqualTo(Marker.REVOKED);
    assertThat(marker("@cert-authority\ta \t" + KEY + " me")).isEqualTo(Marker.AUTHORITY);
    assertThat(marker(" \ta " + KEY + "\r")).isEqualTo(Marker.NONE);
  }

  private static Marker marker(String line) {
    return KnownHostsLine.parse(line).orElseThrow().marker();
  }

  @Test
  void isAboutTheNamesThatItsPatternsMatch() {
    assertThat(isAbout("10.0.0.*,!10.0.0.9", "10.0.0.1")).isTrue();
    assertThat(isAbout("10.0.0.*,!10.0.0.9", "10.0.0.9")).isFalse();
    assertThat(isAbout("!10.0.0.9,10.0.0.*", "10.0.0.9")).isFalse();
    assertThat(isAbout("!10.0.0.9", "10.0.0.1")).isFalse();
    assertThat(isAbout("10.0.0.?", "10.0.0.11")).isFalse();
    assertThat(isAbout("10.0.0.?", "10.0.0.1")).isTrue();
    assertThat(isAbout("10.0.0.1", "10x0.0.1")).isFalse();
    assertThat(isAbout("*", "anything")).isTrue();
    assertThat(isAbout("HOST", "host")).isTrue();
    assertThat(isAbout("a,b", "b")).isTrue();
    assertThat(isAbout("a,b", "a,b")).isFalse();
  }

  @Test
  void isAboutTheNameOfItsHash() {
    String hash = "|1|AAAAAAAAAAAAAAAAAAAAAAAAAAA=|9GdWSkum9tfQDkU01dy2AbH6Ig0=";
    assertThat(isAbout(hash, "10.0.0.1")).isTrue();
    assertThat(isAbout(hash, "10.0.0.2")).isFalse();
    assertThat(isAbout(hash.replace("|1|", "|2|"), "10.0.0.1")).isFalse();
    assertThat(isAbout(hash + "|", "10.0.0.1")).isFalse();
    assertThat(isAbout("|1|%|" + hash.substring(32), "10.0.0.1")).isFalse();
    assertThat(isAbout("|1||x", "10.0.0.1")).isFalse();
  }

  private static boolean isAbout(String names, String host) {
    return KnownHostsLine.parse(names + " " + KEY).orElseThrow().isAbout(host);
  }
}

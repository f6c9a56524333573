package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerCertificatesTest {
  private static final Host FOUR = Host.at("10.0.0.1").build();
  private static final Host SIX = Host.at("fd00::3").build();
  private static final int CERT_SIGN = 5;
  private static final int DIGITAL_SIGNATURE = 0;

  private final TestPki.SetClock clock = new TestPki.SetClock("2030-03-01T12:00:00.5Z");
  private ClusterSecrets store = ClusterSecretStores.inMemory();

  private CertificateAuthority authority() {
    return new CertificateAuthority(store, "prod", clock);
  }

  private X509Certificate ca() {
    return authority().current().certificate();
  }

  /** As a run of its own asks. */
  private Secret pem(Host host, String domain) {
    return new ServerCertificates(store, "prod", authority(), clock).of(host, domain);
  }

  private X509Certificate server(Host host) throws GeneralSecurityException {
    return TestPki.certificate(pem(host, "sealos.hub"));
  }

  @Test
  @DisplayName("S7 a client trusts the certificate, also when its clock is a day behind")
  void s7CertificateIsGoodForClocksThatAreADayBehind() throws Exception {
    X509Certificate server = server(FOUR);
    X509Certificate ca = ca();
    assertThat(TestPki.trusts(ca, server, clock.instant())).isTrue();
    Duration behind = Duration.ofDays(1).plusHours(1);
    assertThat(TestPki.trusts(ca, server, clock.instant().minus(behind))).isTrue();
    assertThat(TestPki.trusts(ca, server, clock.instant().plus(Duration.ofDays(729)))).isTrue();
    assertThat(TestPki.trusts(ca, server, clock.instant().plus(Duration.ofDays(731)))).isFalse();
  }

  @Test
  @DisplayName("S7 the names are the address, IPv4 or IPv6, the registry's domain and the host's")
  void s7NamesAreAddressesAndDomain() throws Exception {
    assertThat(names(server(FOUR)))
        .containsExactlyInAnyOrder(
            "7=10.0.0.1", "2=sealos.hub", "2=localhost", "7=127.0.0.1", "7=0:0:0:0:0:0:0:1");
    assertThat(names(server(SIX)))
        .contains("7=fd00:0:0:0:0:0:0:3", "2=sealos.hub", "2=fd00-0-0-0-0-0-0-3.hawser.internal");
    assertThat(names(TestPki.certificate(pem(Host.at("127.0.0.1").build(), "10.9.9.9"))))
        .containsExactlyInAnyOrder("7=127.0.0.1", "7=10.9.9.9", "2=localhost", "7=0:0:0:0:0:0:0:1");
  }

  private static List<String> names(X509Certificate certificate) throws Exception {
    return certificate.getSubjectAlternativeNames().stream()
        .map(entry -> entry.get(0) + "=" + entry.get(1))
        .toList();
  }

  @Test
  @DisplayName("S7 the authority only signs, and the server only serves")
  void s7AuthorityOnlySignsAndServerOnlyServes() throws Exception {
    X509Certificate ca = ca();
    X509Certificate server = server(FOUR);
    assertThat(ca.getBasicConstraints()).as("no further authority").isZero();
    assertThat(server.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(ca.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15");
    for (int use = 0; use < ca.getKeyUsage().length; use++) {
      assertThat(ca.getKeyUsage()[use]).isEqualTo(use == CERT_SIGN);
      assertThat(server.getKeyUsage()[use]).isEqualTo(use == DIGITAL_SIGNATURE);
    }
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    byte[] subjectKey = ca.getExtensionValue("2.5.29.14");
    byte[] authorityKey = server.getExtensionValue("2.5.29.35");
    assertThat(authorityKey)
        .as("points at the authority's key")
        .endsWith(Arrays.copyOfRange(subjectKey, 4, subjectKey.length));
    assertThat(server.getVersion()).isEqualTo(3);
    assertThat(server.getSerialNumber()).isPositive().isNotEqualTo(ca.getSerialNumber());
    assertThat(server.getSerialNumber().bitLength()).isBetween(64, 159);
  }

  @Test
  void aSecondRunHasTheSameBytes() {
    Secret first = pem(FOUR, "sealos.hub");
    assertThat(pem(FOUR, "sealos.hub")).isEqualTo(first);
    assertThat(authority().current().pem()).isEqualTo(authority().current().pem());
    assertThat(pem(SIX, "sealos.hub")).as("another replica's").isNotEqualTo(first);
  }

  @Test
  @DisplayName("S7 a certificate is renewed when less than a third of its life is left")
  void s7CertificateIsRenewedInTime() throws Exception {
    Secret first = pem(FOUR, "sealos.hub");
    X509Certificate ca = ca();
    clock.advance(Duration.ofDays(480));
    assertThat(pem(FOUR, "sealos.hub")).isEqualTo(first);
    clock.advance(Duration.ofDays(10));
    Secret next = pem(FOUR, "sealos.hub");
    assertThat(next).isNotEqualTo(first);
    assertThat(pem(FOUR, "sealos.hub")).isEqualTo(next);
    assertThat(ca()).as("nodes have it already").isEqualTo(ca);
    X509Certificate renewed = TestPki.certificate(next);
    assertThat(TestPki.trusts(ca, renewed, clock.instant().plus(Duration.ofDays(720)))).isTrue();
    assertThat(renewed.getPublicKey()).isNotEqualTo(TestPki.certificate(first).getPublicKey());
  }

  @Test
  @DisplayName("S7 another name, or another authority, makes another certificate")
  void s7CertificateThatNoLongerFitsIsMadeAnew() throws Exception {
    Secret first = pem(FOUR, "sealos.hub");
    Secret renamed = pem(FOUR, "hub.example.org");
    assertThat(names(TestPki.certificate(renamed))).contains("2=hub.example.org");
    assertThat(renamed).isNotEqualTo(first);
    X509Certificate lost = ca();
    ClusterSecrets rest = ClusterSecretStores.inMemory();
    rest.put("prod", ServerCertificates.secretName(FOUR), renamed);
    store = rest;
    X509Certificate server = TestPki.certificate(pem(FOUR, "hub.example.org"));
    assertThat(TestPki.trusts(ca(), server, clock.instant())).isTrue();
    assertThat(TestPki.trusts(lost, server, clock.instant())).as("the wrong authority").isFalse();
    store.put("prod", ServerCertificates.secretName(FOUR), Secret.of("nothing of the kind"));
    assertThat(TestPki.trusts(ca(), server(FOUR), clock.instant())).isTrue();
  }

  @Test
  @DisplayName("S7 an authority that is renewed keeps its key, so old and new go together")
  void s7RenewedAuthorityKeepsItsKey() throws Exception {
    X509Certificate oldCa = ca();
    X509Certificate oldServer = server(FOUR);
    clock.advance(Duration.ofDays(600));
    X509Certificate middle = server(FOUR);
    assertThat(middle).isNotEqualTo(oldServer);
    clock.advance(Duration.ofDays(3653 * 2 / 3 - 500));
    X509Certificate newServer = server(FOUR);
    X509Certificate newCa = ca();
    assertThat(newCa).isNotEqualTo(oldCa);
    assertThat(newCa.getNotAfter()).isAfter(oldCa.getNotAfter());
    assertThat(TestPki.trusts(oldCa, newServer, clock.instant())).as("old node").isTrue();
    assertThat(TestPki.trusts(newCa, newServer, clock.instant())).as("new node").isTrue();
    assertThat(TestPki.trusts(newCa, TestPki.certificate(pem(SIX, "x")), clock.instant())).isTrue();
  }

  @Test
  @DisplayName("S7 what a controller with a wrong clock made is made anew when the clock is right")
  void s7WhatAWrongClockMadeIsMadeAnew() throws Exception {
    for (int days : new int[] {1500, -1500}) {
      store = ClusterSecretStores.inMemory();
      clock.advance(Duration.ofDays(days));
      X509Certificate wrong = server(FOUR);
      clock.advance(Duration.ofDays(-days));
      assertThatThrownBy(() -> wrong.checkValidity(Date.from(clock.instant())))
          .isInstanceOf(CertificateException.class);
      assertThat(TestPki.trusts(ca(), server(FOUR), clock.instant())).isTrue();
    }
  }

  @Test
  void aServerDoesNotOutliveItsAuthority() throws Exception {
    KeyPair keys = CertificateForm.keys();
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    KeyedCertificate brief =
        new CertificateForm(now.minusSeconds(1), now.plus(Duration.ofDays(100)))
            .authority(CertificateForm.authorityName("prod"), keys.getPublic(), keys.getPrivate());
    store.put("prod", CertificateAuthority.SECRET, brief.pem());
    assertThat(server(FOUR).getNotAfter()).isEqualTo(brief.certificate().getNotAfter());
  }

  @Test
  void certificatesReachBeyondTheYear2050() throws Exception {
    clock.advance(Duration.ofDays(365 * 19));
    X509Certificate server = server(FOUR);
    assertThat(server.getNotAfter().toInstant().toString()).startsWith("2051-");
    assertThat(TestPki.trusts(ca(), server, clock.instant())).isTrue();
  }

  @Test
  void controllersThatStartTogetherGetTheSame() {
    for (int round = 0; round < 20; round++) {
      store = ClusterSecretStores.inMemory();
      Map<String, Integer> seen = new ConcurrentHashMap<>();
      FanOut.map(
          IntStream.range(0, 8).boxed().toList(),
          8,
          i -> seen.merge(pem(FOUR, "sealos.hub").reveal(), 1, Integer::sum));
      assertThat(seen.values()).containsExactly(8);
    }
  }

  @Test
  @DisplayName("S1 an authority that cannot be read is refused and not shown")
  void s1AuthorityThatCannotBeReadIsRefusedAndNotShown() {
    String good = authority().current().pem().reveal();
    Secret other =
        new CertificateAuthority(ClusterSecretStores.inMemory(), "x", clock).current().pem();
    String key = other.reveal().substring(other.reveal().indexOf("-----BEGIN PRIVATE"));
    String mixed = good.substring(0, good.indexOf("-----BEGIN PRIVATE")) + key;
    List<String> bad = List.of("", "canary", good + good, mixed, good.replaceAll("[A-M]", "A"));
    for (String text : bad) {
      store.put("prod", CertificateAuthority.SECRET, Secret.of(text));
      assertThatThrownBy(() -> pem(FOUR, "sealos.hub"))
          .isInstanceOf(RegistryException.class)
          .hasMessageStartingWith("registry of prod: the secret \"registry-ca\"")
          .hasNoCause()
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .doesNotContain(
                          "canary", key.lines().skip(1).collect(Collectors.toList()).get(0)));
      assertThat(store.get("prod", CertificateAuthority.SECRET)).contains(Secret.of(text));
    }
  }

  @Test
  @DisplayName("S1 a key is not in the text of what holds it")
  void s1KeyIsNotShown() {
    KeyedCertificate ca = authority().current();
    assertThat(ca.toString()).isEqualTo("a key and CN=Hawser registry CA, O=prod");
    assertThat(ca.certificatePem()).doesNotContain("PRIVATE");
  }
}

package io.hawser.registry;

import com.google.common.hash.Hashing;
import io.hawser.Secret;
import io.hawser.cluster.Host;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The certificates of one cluster's replicas, each with its key: made when first asked for, then
 * kept in the store. One is made anew when less than a third of its life is left, when the replica
 * is called by other names, or when another authority signs.
 */
final class ServerCertificates {
  /** Long, as a cluster that nobody runs Hawser on in that time stops pulling. */
  private static final Duration LIFE = Duration.ofDays(730);

  private static final int NAME_LETTERS = 16;

  private final ClusterSecrets store;
  private final String cluster;
  private final CertificateAuthority authority;
  private final Clock clock;

  ServerCertificates(
      ClusterSecrets store, String cluster, CertificateAuthority authority, Clock clock) {
    this.store = store;
    this.cluster = cluster;
    this.authority = authority;
    this.clock = clock;
  }

  /** Certificate and key of a replica, in PEM. */
  synchronized Secret of(Host replica, String domain) {
    KeyedCertificate issuer = authority.current();
    GeneralNames names = ServerNames.of(replica, domain);
    String name = secretName(replica);
    Optional<Secret> there = store.get(cluster, name);
    if (there.filter(pem -> fits(pem, issuer, names)).isPresent()) {
      return there.get();
    }
    Secret made = form(issuer).server(issuer, cluster, CertificateForm.keys(), names).pem();
    if (there.isEmpty()) {
      return store.putIfAbsent(cluster, name, made);
    }
    store.put(cluster, name, made);
    return made;
  }

  private CertificateForm form(KeyedCertificate issuer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant last = issuer.certificate().getNotAfter().toInstant();
    Instant end = now.plus(LIFE);
    return new CertificateForm(
        now.minus(CertificateAuthority.BACKDATED), end.isBefore(last) ? end : last);
  }

  private boolean fits(Secret pem, KeyedCertificate issuer, GeneralNames names) {
    try {
      KeyedCertificate found = KeyedCertificate.parse(pem);
      found.certificate().verify(issuer.publicKey());
      byte[] known =
          found.certificate().getExtensionValue(Extension.subjectAlternativeName.getId());
      return Arrays.equals(known, ServerNames.extension(names)) && !found.isDue(clock.instant());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // It can be made anew at any time.
    }
  }

  /** Names of secrets have no digits. */
  static String secretName(Host replica) {
    String hex = Hashing.sha256().hashString(replica.address(), StandardCharsets.UTF_8).toString();
    return "registry-server-"
        + hex.chars()
            .limit(NAME_LETTERS)
            .mapToObj(digit -> String.valueOf((char) ('a' + Character.digit(digit, 16))))
            .collect(Collectors.joining());
  }
}

package io.hawser.registry;

import io.hawser.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authority of one cluster's registries: made when first asked for, then kept in
 * the store. Its key never leaves the controller.
 *
 * <p>When it gets old its certificate is made anew for the same key: what was signed before is
 * still good for nodes that have the new one, and what is signed from now on for nodes that still
 * have the old one.
 */
final class CertificateAuthority {
  static final String SECRET = "registry-ca";

  /** Clocks of hosts may be a day behind, and a bit. */
  static final Duration BACKDATED = Duration.ofDays(2);

  private static final Duration LIFE = Duration.ofDays(3653);

  private final ClusterSecrets store;
  private final String cluster;
  private final Clock clock;

  /** Read already. */
  private Secret text = Secret.of("");

  private @Nullable KeyedCertificate read;

  CertificateAuthority(ClusterSecrets store, String cluster, Clock clock) {
    this.store = store;
    this.cluster = cluster;
    this.clock = clock;
  }

  /**
   * The authority as it is in the store.
   *
   * @throws RegistryException if what is in the store is none
   */
  synchronized KeyedCertificate current() {
    Optional<Secret> there = store.get(cluster, SECRET);
    KeyedCertificate found =
        read(there.isPresent() ? there.get() : store.putIfAbsent(cluster, SECRET, made()));
    if (!found.isDue(clock.instant())) {
      return found;
    }
    KeyedCertificate renewed =
        form().authority(CertificateForm.subject(found), found.publicKey(), found.key());
    store.put(cluster, SECRET, renewed.pem());
    return renewed;
  }

  private Secret made() {
    KeyPair keys = CertificateForm.keys();
    return form()
        .authority(CertificateForm.authorityName(cluster), keys.getPublic(), keys.getPrivate())
        .pem();
  }

  private CertificateForm form() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    return new CertificateForm(now.minus(BACKDATED), now.plus(LIFE));
  }

  private KeyedCertificate read(Secret pem) {
    KeyedCertificate known = read;
    if (known != null && pem.equals(text)) {
      return known;
    }
    try {
      KeyedCertificate parsed = KeyedCertificate.parse(pem);
      text = pem;
      read = parsed;
      return parsed;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Without the cause, which may quote a part of the key.
      throw new RegistryException(
          "registry of "
              + cluster
              + ": the secret \""
              + SECRET
              + "\" in the store is no certificate authority ("
              + e.getClass().getSimpleName()
              + "): wanted are its certificate and its private key (P-256, PKCS#8), both in PEM."
              + " Put back the one that the nodes trust. Or remove it, and the next run makes a new"
              + " one: then pulls fail from when the first replica has a new certificate until the"
              + " node has the new authority",
          List.of(),
          null);
    }
  }
}

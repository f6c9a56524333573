package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistrySettings;
import io.hawser.registry.RegistryTransport;
import io.hawser.registry.ReplicaCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether the certificate that a replica has already is valid, for a while yet, and its own. */
record CertificateCheck(Registries registries, Clock clock) implements Question {
  private static final Duration SOON = Duration.ofDays(30);
  private static final String RENEW = "run init, or applyExternalDeps: it is made anew";

  @Override
  public Finding inspect(ReachedHost host) {
    RegistrySettings settings = registries.settings(host.host());
    if (settings.transport() != RegistryTransport.TLS) {
      return Finding.ok("none: the registry serves plain HTTP");
    }
    Optional<ReplicaCertificate> found = ReplicaCertificate.on(host.access(), settings);
    if (found.isEmpty()) {
      return Finding.ok("none yet");
    }
    ReplicaCertificate certificate = found.get();
    Instant end = certificate.validUntil();
    Instant now = clock.instant();
    if (!end.isAfter(now)) {
      return Finding.failed("the registry's certificate expired at " + end).advice(null, RENEW);
    }
    if (certificate.subjects().stream().noneMatch(name -> isSame(name, host.host().address()))) {
      return Finding.failed(
              "the registry's certificate is for "
                  + String.join(", ", certificate.subjects())
                  + ", not for "
                  + host.host().address())
          .advice(null, RENEW);
    }
    return end.isBefore(now.plus(SOON))
        ? Finding.warning("the registry's certificate expires at " + end).advice(null, RENEW)
        : Finding.ok("valid until " + end);
  }

  /** An IPv6 address has many spellings. */
  private static boolean isSame(String name, String address) {
    return name.equals(address)
        || (NetworkAddress.parse(name).isPresent()
            && NetworkAddress.parse(name).equals(NetworkAddress.parse(address)));
  }
}

package io.hawser.registry;

import io.hawser.Secret;
import io.hawser.host.HostAccess;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The certificate by which the registry of a replica shows itself, as it lies on the host.
 * Immutable.
 */
public final class ReplicaCertificate {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private final X509Certificate certificate;

  private ReplicaCertificate(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /**
   * That of a replica; empty when there is none.
   *
   * @throws RegistryException if there is something that is no certificate
   */
  public static Optional<ReplicaCertificate> on(HostAccess replica, RegistrySettings settings) {
    String path = settings.configDirectory() + ManagedRegistry.IDENTITY;
    return replica.text(path).map(text -> parse(replica, path, text));
  }

  private static ReplicaCertificate parse(HostAccess replica, String path, Secret text) {
    String pem = text.reveal();
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END, Math.max(0, begin));
    try {
      if (begin < 0 || end < 0) {
        throw new CertificateException("it holds none");
      }
      byte[] bytes = pem.substring(begin, end + END.length()).getBytes(StandardCharsets.US_ASCII);
      return new ReplicaCertificate(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(bytes)));
    } catch (CertificateException e) {
      throw new RegistryException(
          replica.host().address() + ": cannot read the certificate in " + path + ": " + e,
          List.of(),
          e);
    }
  }

  /** Its last moment. */
  public Instant validUntil() {
    return certificate.getNotAfter().toInstant();
  }

  /** The names and addresses that it is for. */
  public List<String> subjects() {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null
          ? List.of()
          : names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (CertificateException e) {
      return List.of(); // it is for nobody
    }
  }
}

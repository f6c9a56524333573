package io.hawser.registry;

import io.hawser.Secret;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** Judges certificates as a client of the JVM does, at any time. */
final class TestPki {
  private TestPki() {}

  static X509Certificate certificate(String pem) throws GeneralSecurityException {
    byte[] der = PemText.only(PemText.CERTIFICATE, pem);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  static X509Certificate certificate(Secret pem) throws GeneralSecurityException {
    return certificate(pem.reveal());
  }

  /** Whether a client whose clock says that takes the server for what it says. */
  static boolean trusts(X509Certificate ca, X509Certificate server, Instant at)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    ca.checkValidity(Date.from(at));
    try {
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(server)),
              parameters);
      return true;
    } catch (java.security.cert.CertPathValidatorException e) {
      return false;
    }
  }

  /** A clock that is set by hand. */
  static final class SetClock extends Clock {
    private Instant now;

    SetClock(String now) {
      this.now = Instant.parse(now);
    }

    void advance(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}

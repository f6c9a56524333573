package io.hawser.registry;

import io.hawser.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;

/**
 * A certificate and its private key. They are kept in one text, and on hosts in one file, so that
 * nobody ever meets the one without the other that fits.
 */
record KeyedCertificate(PrivateKey key, X509Certificate certificate) {
  static final String SIGNATURE = "SHA256withECDSA";

  /**
   * Reads what {@link #pem()} gave.
   *
   * @throws GeneralSecurityException if it cannot be read, or the key is not the certificate's
   * @throws IllegalArgumentException if there is not one of each
   */
  static KeyedCertificate parse(Secret pem) throws GeneralSecurityException {
    byte[] certificate = PemText.only(PemText.CERTIFICATE, pem.reveal());
    byte[] key = PemText.only(PemText.PRIVATE_KEY, pem.reveal());
    KeyedCertificate parsed =
        new KeyedCertificate(
            KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate)));
    parsed.checkPair();
    return parsed;
  }

  private void checkPair() throws GeneralSecurityException {
    byte[] sample = "a pair".getBytes(StandardCharsets.US_ASCII);
    Signature signing = Signature.getInstance(SIGNATURE);
    signing.initSign(key);
    signing.update(sample);
    Signature checking = Signature.getInstance(SIGNATURE);
    checking.initVerify(publicKey());
    checking.update(sample);
    if (!checking.verify(signing.sign())) {
      throw new InvalidKeyException("the private key is not that of the certificate");
    }
  }

  PublicKey publicKey() {
    return certificate.getPublicKey();
  }

  /** Both, the certificate first: many programs read no further than to what they look for. */
  Secret pem() {
    return Secret.of(certificatePem() + PemText.of(PemText.PRIVATE_KEY, key.getEncoded()));
  }

  /** The certificate alone, which is no secret. */
  String certificatePem() {
    try {
      return PemText.of(PemText.CERTIFICATE, certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
  }

  /**
   * Whether less than a third of its life is left, or none; or it is of the future, since it was
   * made by a controller whose clock was wrong.
   */
  boolean isDue(Instant now) {
    Instant start = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    Duration life = Duration.between(start, end);
    return now.isBefore(start) || Duration.between(now, end).compareTo(life.dividedBy(3)) < 0;
  }

  @Override
  public String toString() {
    return "a key and " + certificate.getSubjectX500Principal();
  }
}

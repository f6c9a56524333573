package io.hawser.registry;

import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Writes certificates, X.509 version 3 as of RFC 5280, for keys on the curve P-256. Keys and
 * signatures are those of the JVM; only the form is written with the help of BouncyCastle.
 */
final class CertificateForm {
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final DateTimeFormatter SHORT_YEAR =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LONG_YEAR =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Instant LONG_YEARS = Instant.parse("2050-01-01T00:00:00Z");
  private static final int IDENTIFIER_BYTES = 20;
  private static final int SERIAL_BYTES = 16;

  private final Instant from;
  private final Instant until;

  /** For certificates of that life; whole seconds, as the form has no others. */
  CertificateForm(Instant from, Instant until) {
    this.from = from;
    this.until = until;
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  /** A certificate by which others are signed, but no further authority. */
  KeyedCertificate authority(X500Name name, PublicKey key, PrivateKey own) {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    try {
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
      identify(extensions, key, key);
    } catch (IOException e) {
      throw new IllegalStateException("an extension without an encoding", e);
    }
    return new KeyedCertificate(own, signed(name, name, key, extensions, own));
  }

  /** A certificate of a server with these names. */
  KeyedCertificate server(
      KeyedCertificate authority, String cluster, KeyPair keys, GeneralNames names) {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    try {
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      extensions.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      extensions.addExtension(Extension.subjectAlternativeName, false, names);
      identify(extensions, keys.getPublic(), authority.publicKey());
    } catch (IOException e) {
      throw new IllegalStateException("an extension without an encoding", e);
    }
    X500Name subject = name(cluster, "Hawser registry");
    return new KeyedCertificate(
        keys.getPrivate(),
        signed(subject(authority), subject, keys.getPublic(), extensions, authority.key()));
  }

  private static void identify(ExtensionsGenerator to, PublicKey own, PublicKey issuer)
      throws IOException {
    to.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(own)));
    to.addExtension(
        Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(issuer)));
  }

  /** The first method of RFC 7093: that of RFC 5280 wants SHA-1. */
  private static byte[] identifier(PublicKey key) {
    byte[] bits = SubjectPublicKeyInfo.getInstance(key.getEncoded()).getPublicKeyData().getOctets();
    return Arrays.copyOf(Hashing.sha256().hashBytes(bits).asBytes(), IDENTIFIER_BYTES);
  }

  static X500Name authorityName(String cluster) {
    return name(cluster, "Hawser registry CA");
  }

  static X500Name subject(KeyedCertificate of) {
    return X500Name.getInstance(of.certificate().getSubjectX500Principal().getEncoded());
  }

  private static X500Name name(String cluster, String common) {
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, cluster)
        .addRDN(BCStyle.CN, common)
        .build();
  }

  private X509Certificate signed(
      X500Name issuer,
      X500Name subject,
      PublicKey key,
      ExtensionsGenerator extensions,
      PrivateKey by) {
    V3TBSCertificateGenerator form = new V3TBSCertificateGenerator();
    form.setSerialNumber(new ASN1Integer(serial()));
    form.setSignature(ECDSA);
    form.setIssuer(issuer);
    form.setSubject(subject);
    form.setStartDate(time(from));
    form.setEndDate(time(until));
    form.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    form.setExtensions(extensions.generate());
    TBSCertificate body = form.generateTBSCertificate();
    try {
      Signature signature = Signature.getInstance(KeyedCertificate.SIGNATURE);
      signature.initSign(by);
      signature.update(body.getEncoded(ASN1Encoding.DER));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(body);
      parts.add(ECDSA);
      parts.add(new DERBitString(signature.sign()));
      byte[] der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | IOException e) {
      throw lacking(e);
    }
  }

  private static BigInteger serial() {
    byte[] bytes = new byte[SERIAL_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new BigInteger(1, bytes).setBit(0); // never zero
  }

  private static Time time(Instant instant) {
    return instant.isBefore(LONG_YEARS)
        ? new Time(new DERUTCTime(SHORT_YEAR.format(instant)))
        : new Time(new DERGeneralizedTime(LONG_YEAR.format(instant)));
  }

  private static IllegalStateException lacking(Exception cause) {
    return new IllegalStateException("this JVM cannot make keys and signatures of P-256", cause);
  }
}

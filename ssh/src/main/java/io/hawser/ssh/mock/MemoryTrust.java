package io.hawser.ssh.mock;

import com.google.common.net.InetAddresses;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a client takes the certificate that a server in memory shows. */
final class MemoryTrust {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
  private static final int DNS_NAME = 2;

  private MemoryTrust() {}

  /**
   * Null when it does, else why not.
   *
   * @param shown what the server has, in PEM, its own certificate first
   * @param trusted the authorities of the client, in PEM
   * @param name what the client calls the server
   */
  static @Nullable String refusal(String shown, String trusted, String name) {
    try {
      List<X509Certificate> chain = read(shown);
      if (chain.isEmpty()) {
        return "the server has no certificate";
      }
      X509Certificate own = chain.get(0);
      own.checkValidity();
      if (read(trusted).stream().noneMatch(authority -> signed(own, authority))) {
        return "the certificate of " + name + " is not trusted";
      }
      return isNamed(own, name) ? null : "the certificate has not the name " + name;
    } catch (GeneralSecurityException e) {
      return "the certificate of " + name + " cannot be taken: " + e.getMessage();
    }
  }

  private static List<X509Certificate> read(String pem) throws GeneralSecurityException {
    List<X509Certificate> found = new ArrayList<>();
    CertificateFactory reader = CertificateFactory.getInstance("X.509");
    for (String block : CERTIFICATE.matcher(pem).results().map(MatchResult::group).toList()) {
      byte[] bytes = block.getBytes(StandardCharsets.US_ASCII);
      found.add((X509Certificate) reader.generateCertificate(new ByteArrayInputStream(bytes)));
    }
    return found;
  }

  private static boolean signed(X509Certificate certificate, X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return authority.getBasicConstraints() >= 0;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isNamed(X509Certificate certificate, String name)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names != null
        && names.stream()
            .anyMatch(
                entry ->
                    entry.get(0).equals(DNS_NAME) == !InetAddresses.isInetAddress(name)
                        && isSame(String.valueOf(entry.get(1)), name));
  }

  private static boolean isSame(String known, String name) {
    boolean addresses = InetAddresses.isInetAddress(name) && InetAddresses.isInetAddress(known);
    return addresses
        ? InetAddresses.forString(known).equals(InetAddresses.forString(name))
        : known.equalsIgnoreCase(name);
  }
}

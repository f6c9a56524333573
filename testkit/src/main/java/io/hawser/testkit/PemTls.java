package io.hawser.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS with certificates and keys from files in PEM, as registries and container runtimes do. */
final class PemTls {
  private static final String BLOCK = "-----BEGIN %1$s-----([A-Za-z0-9+/=\\s]+)-----END %1$s-----";
  private static final Pattern CERTIFICATE = Pattern.compile(BLOCK.formatted("CERTIFICATE"));
  private static final Pattern KEY = Pattern.compile(BLOCK.formatted("PRIVATE KEY"));
  private static final char[] NO_PASSWORD = {};

  private PemTls() {}

  /**
   * For a server.
   *
   * @throws IOException if a file cannot be read, or what is in it cannot be used
   */
  static SSLContext serving(Path certificates, Path key) throws IOException {
    try {
      List<byte[]> keys = blocks(KEY, text(key));
      KeyStore store = empty();
      Certificate[] chain = certificates(text(certificates)).toArray(Certificate[]::new);
      store.setKeyEntry("server", privateKey(keys.get(0)), NO_PASSWORD, chain);
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(certificates + " and " + key + ": " + e.getMessage(), e);
    }
  }

  /** For a client that trusts these authorities, and no others. */
  static SSLContext trusting(String authorities) throws IOException {
    try {
      KeyStore store = empty();
      for (Certificate authority : certificates(authorities)) {
        store.setCertificateEntry("ca" + store.size(), authority);
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the authorities: " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(String pem)
      throws GeneralSecurityException, IOException {
    CertificateFactory reader = CertificateFactory.getInstance("X.509");
    List<Certificate> found = new ArrayList<>();
    for (byte[] der : blocks(CERTIFICATE, pem)) {
      found.add(reader.generateCertificate(new ByteArrayInputStream(der)));
    }
    return found;
  }

  private static PrivateKey privateKey(byte[] der) throws GeneralSecurityException {
    PKCS8EncodedKeySpec form = new PKCS8EncodedKeySpec(der);
    try {
      return KeyFactory.getInstance("EC").generatePrivate(form);
    } catch (InvalidKeySpecException e) {
      return KeyFactory.getInstance("RSA").generatePrivate(form);
    }
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.US_ASCII);
  }

  private static List<byte[]> blocks(Pattern pattern, String pem) throws IOException {
    List<byte[]> found =
        pattern
            .matcher(pem)
            .results()
            .map(match -> Base64.getMimeDecoder().decode(match.group(1)))
            .toList();
    if (found.isEmpty()) {
      throw new IOException("not PEM of the kind that is wanted");
    }
    return found;
  }
}

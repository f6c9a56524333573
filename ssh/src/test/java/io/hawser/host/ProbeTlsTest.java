package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.hawser.Secret;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes of a server with TLS, whose certificate openssl made. */
class ProbeTlsTest {
  private static final String SHA = Hashing.sha256().hashString("hi", StandardCharsets.UTF_8) + "";

  @TempDir Path temp;
  private HttpsServer server;
  private TestHost host;
  private Path scratch;
  private String ca;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
    ca = makeCertificate("right");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext(
        "/blob",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'h', 'i'});
          exchange.close();
        });
    server.start();
    host = new TestHost(temp, "/bin/sh");
    scratch = Files.createDirectories(temp.resolve("scratch"));
    host.shell.withEnv("TMPDIR", scratch.toString());
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  /** One that signs itself, so that it is its own authority. */
  private String makeCertificate(String name) throws Exception {
    List<String> command =
        List.of(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            temp.resolve(name + ".key").toString(),
            "-out",
            temp.resolve(name + ".crt").toString(),
            "-days",
            "2",
            "-subj",
            "/CN=" + name,
            "-addext",
            "subjectAltName=IP:127.0.0.1");
    Process made =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("openssl.log").toFile())
            .start();
    assertThat(made.waitFor()).as(temp.resolve("openssl.log").toString()).isZero();
    return Files.readString(temp.resolve(name + ".crt"));
  }

  private SSLContext context() throws Exception {
    String pem = Files.readString(temp.resolve("right.key"));
    byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(ca.getBytes(StandardCharsets.US_ASCII)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server",
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)),
        new char[0],
        new Certificate[] {certificate});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private Probe.Result probe(String user, String authority) {
    String url = "https://127.0.0.1:" + server.getAddress().getPort() + "/blob";
    Secret password = user == null ? null : Secret.of("pw");
    return host.access.probe(new Probe(url, user, password, null, SHA, authority));
  }

  private void onlyTheRightAuthorityIsTrusted() throws Exception {
    for (String user : new String[] {"u", null}) {
      Probe.Result trusted = probe(user, ca);
      assertThat(trusted.passed()).as(trusted.message()).isTrue();
      for (String authority : new String[] {null, makeCertificate("wrong")}) {
        Probe.Result refused = probe(user, authority);
        assertThat(refused.passed()).isFalse();
        assertThat(refused.checked()).isTrue();
        assertThat(refused.message()).containsIgnoringCase("certificate");
      }
    }
    assertThat(scratch).as("what probes leave").isEmptyDirectory();
  }

  @Test
  @DisplayName("S8 curl takes a certificate of the given authority, and no other")
  void s8CurlTakesACertificateOfTheAuthorityOnly() throws Exception {
    onlyTheRightAuthorityIsTrusted();
  }

  @Test
  @DisplayName("S8 GNU wget takes a certificate of the given authority, and no other")
  void s8WgetTakesACertificateOfTheAuthorityOnly() throws Exception {
    host.shell.editScripts(text -> text.replace("curl", "no_curl"));
    assumeTrue(host.access.facts().has("wget"), "wget is not installed");
    onlyTheRightAuthorityIsTrusted();
  }

  @Test
  @DisplayName("S8 a wget that takes any certificate is not used")
  void s8WgetThatTakesAnyCertificateIsNotUsed() throws Exception {
    host.shell.editScripts(text -> text.replace("curl", "no_curl"));
    host.program("wget", "#!/bin/sh\necho called >'" + temp + "/called'\n");
    Probe.Result result = probe(null, ca);
    assertThat(result.checked()).isFalse();
    assertThat(result.message()).contains("any certificate");
  }

  @Test
  @DisplayName("S8 no check is switched off by the arguments")
  void s8NoCheckIsSwitchedOff() throws Exception {
    host.program(
        "curl", "#!/bin/sh\necho \"$@\" >'" + temp + "/args'\ncat >>'" + temp + "/args'\n");
    probe(null, ca);
    assertThat(Files.readString(temp.resolve("args")))
        .contains("cacert = ")
        .doesNotContain("insecure", "-k ", "BEGIN CERTIFICATE");
  }
}

package io.hawser.examples;

import static io.hawser.examples.LookedAtCluster.FIRST;
import static io.hawser.examples.LookedAtCluster.assertFindings;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.report.HostResult;
import io.hawser.report.Report;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that lie where a registry of Hawser has its own. */
class PreflightCertificateTest {
  private static final String PLACE = "/etc/hawser/looked-at/registry_tls.pem";

  @TempDir Path directory;
  @TempDir Path keys;
  private LookedAtCluster hosts;

  @BeforeEach
  void makeHosts() {
    hosts = new LookedAtCluster(directory);
  }

  private Report with(String pem) {
    hosts.ssh.files(FIRST).write(PLACE, pem);
    return hosts.preflight();
  }

  @Test
  @DisplayName("S7 a certificate that expired, or soon will, is found before nodes refuse it")
  void aCertificateThatExpiredIsFound() throws Exception {
    assertFindings(
        with(certificate("-40d", 30, "ip:10.0.0.1")),
        FIRST + " certificate FAILED: the registry's certificate expired at *-*-*T*:*:*Z");
    assertFindings(
        with(certificate("-1d", 20, "ip:10.0.0.1")),
        FIRST + " certificate WARNING: the registry's certificate expires at *-*-*T*:*:*Z");
  }

  @Test
  void aCertificateOfAnotherHostIsFoundAndOneOfItsOwnIsNot() throws Exception {
    assertFindings(
        with(certificate("-1d", 400, "dns:sealos.hub,ip:10.0.0.7")),
        FIRST
            + " certificate FAILED: the registry's certificate is for sealos.hub, 10.0.0.7, not for"
            + " 10.0.0.1");
    Report report = with(certificate("-1d", 400, "ip:10.0.0.7,ip:10.0.0.1"));
    assertFindings(report);
    assertThat(report.results(FIRST))
        .filteredOn(row -> row.step().equals("certificate"))
        .singleElement()
        .extracting(HostResult::message)
        .asString()
        .startsWith("valid until ");
  }

  @Test
  void whatIsNoCertificateCouldNotBeChecked() {
    assertFindings(
        with("rubbish"),
        FIRST
            + " certificate NOT_CHECKED: could not check: cannot read the certificate in "
            + PLACE
            + ": java.security.cert.CertificateException: it holds none");
  }

  /** Of the JDK's own tool. */
  private String certificate(String start, int days, String names) throws Exception {
    Path store = keys.resolve(start + days + names.hashCode() + ".p12");
    keytool(
        store,
        List.of(
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "a",
            "-dname",
            "CN=a",
            "-startdate",
            start,
            "-validity",
            "" + days,
            "-ext",
            "san=" + names));
    char[] password = "changeit".toCharArray();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder()
            .encodeToString(
                KeyStore.getInstance(store.toFile(), password).getCertificate("a").getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static void keytool(Path store, List<String> words) throws Exception {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Path output = Files.createTempFile(store.getParent(), "keytool", ".txt");
    List<String> all = new ArrayList<>(List.of(tool.toString()));
    all.addAll(words);
    all.addAll(List.of("-keystore", store.toString(), "-storepass", "changeit"));
    Process process =
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(empty(store)))
            .start();
    assertThat(process.waitFor()).as(Files.readString(output)).isZero();
  }

  private static File empty(Path beside) throws IOException {
    return Files.createTempFile(beside.getParent(), "empty", "").toFile();
  }
}

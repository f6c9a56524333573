package io.hawser.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpServer;
import io.hawser.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
  private static final byte[] BODY = {1, 0, 2, '\n'};
  private static final String SHA = Hashing.sha256().hashBytes(BODY).toString();
  private static final String PASSWORD = "p\\w \"'$x";

  @TempDir Path temp;
  private HttpServer server;
  private TestHost host;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/blob",
        exchange -> {
          String expected =
              "Basic "
                  + Base64.getEncoder()
                      .encodeToString(("u:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
          boolean may =
              expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                  && "a/b".equals(exchange.getRequestHeaders().getFirst("Accept"));
          exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
          exchange.sendResponseHeaders(may ? 200 : 401, may ? BODY.length : -1);
          if (may) {
            exchange.getResponseBody().write(BODY);
          }
          exchange.close();
        });
    server.start();
    host = new TestHost(temp, "/bin/sh");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Probe.Result probe(String password, String sha) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/blob";
    return host.access.probe(new Probe(url, "u", Secret.of(password), "a/b", sha));
  }

  @Test
  void theRightBodyPassesAndEverythingElseDoesNot() {
    assertThat(probe(PASSWORD, SHA).passed()).isTrue();
    assertThat(probe(PASSWORD, "00".repeat(32)).message()).contains("digest").contains(SHA);
    Probe.Result refused = probe("wrong", SHA);
    assertThat(refused.passed()).isFalse();
    assertThat(refused.checked()).isTrue();
    assertThat(refused.message()).contains("401").doesNotContain("wrong");
    server.stop(0);
    assertThat(probe(PASSWORD, SHA).passed()).isFalse();
  }

  @Test
  void wgetDoesWhereCurlIsMissing() {
    host.shell.editScripts(text -> text.replace("curl", "no_curl"));
    assumeThat(host.access.facts().has("wget")).isTrue();
    assertThat(probe(PASSWORD, SHA).passed()).isTrue();
    Probe.Result refused = probe("wrong", SHA);
    assertThat(refused.passed()).isFalse();
    assertThat(refused.message()).contains("Authentication Failed");
    server.stop(0);
    assertThat(probe(PASSWORD, SHA).message()).containsIgnoringCase("refused");
  }

  @Test
  void aWgetThatWouldShowThePasswordIsNotUsed() throws IOException {
    host.shell.editScripts(text -> text.replace("curl", "no_curl"));
    host.program("wget", "#!/bin/sh\necho called >'" + temp + "/called'\n");
    Probe.Result result = probe(PASSWORD, SHA);
    assertThat(result.checked()).isFalse();
    assertThat(result.message()).contains("password");
  }

  @Test
  void aHostWithoutCurlAndWgetIsNotChecked() {
    host.shell.editScripts(text -> text.replace("curl", "no_curl").replace("wget", "no_wget"));
    Probe.Result result = probe(PASSWORD, SHA);
    assertThat(result.checked()).isFalse();
    assertThat(result.passed()).isFalse();
  }

  /** With a stand-in for curl. */
  static void aFileIsProbed(TestHost host) throws IOException {
    host.program("curl", "#!/bin/sh\ncat >/dev/null\nprintf '\\001\\000\\002\\n'\n");
    for (String sha : List.of(SHA, "00".repeat(32))) {
      Probe probe = new Probe("http://127.0.0.1/blob", "u", Secret.of(PASSWORD), "a/b", sha);
      assertThat(host.access.probe(probe).passed()).isEqualTo(sha.equals(SHA));
    }
    String ca = "-----BEGIN CERTIFICATE-----\na+b/\\ =\n-----END CERTIFICATE-----\n";
    host.program("curl", "#!/bin/sh\ncat \"$(sed -n 's/^cacert = \"\\(.*\\)\"$/\\1/p')\"\n");
    String sha = Hashing.sha256().hashString(ca, StandardCharsets.UTF_8).toString();
    Probe probe = new Probe("https://127.0.0.1/", null, null, null, sha, ca);
    assertThat(host.access.probe(probe)).extracting(Probe.Result::passed).isEqualTo(true);
  }

  @Test
  void aBodyThatIsNotTextIsCompared() throws IOException {
    aFileIsProbed(host);
  }

  @Test
  void s1ThePasswordStandsInNoArgument() throws IOException {
    host.program("curl", "#!/bin/sh\necho \"$@\" >'" + temp + "/args'\ncat >'" + temp + "/in'\n");
    probe("canary", SHA);
    assertThat(temp.resolve("args")).content().doesNotContain("canary");
    assertThat(Files.readString(temp.resolve("in"))).contains("canary");
  }
}

package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The node's proxy, run by a real HAProxy before real registries. */
class NodeProxyIT {
  /** The replicas of tests with this tag speak TLS. */
  private static final String TLS = "tls";

  private static final String MANIFEST = "/v2/shop/web/manifests/1.0";

  @TempDir Path directory;
  private ServedReplicas replicas;
  private RegistryProcess proxy;
  private String url;

  @BeforeEach
  void aProxyRunsBeforeTwoReplicas(TestInfo test) throws Exception {
    RegistryProcess.assumeInstalled("docker-registry", "skopeo");
    String haproxy = haproxy();
    replicas = new ServedReplicas(directory, test.getTags().contains(TLS));
    String listen = RegistryProcess.ADDRESS + ":" + RegistryProcess.freePort();
    url = "http://" + listen;
    String ca = directory.resolve("ca.pem").toString();
    String text = HaproxyConfig.of(listen, replicas.endpoints(), ca, MANIFEST);
    Path config = Files.writeString(directory.resolve("haproxy.cfg"), text);
    // -c judges the file; a warning fails too.
    RegistryProcess.run(directory, haproxy, "-c", "-dW", "-f", config.toString());
    proxy =
        RegistryProcess.start(
            directory.resolve("haproxy.log"), List.of(haproxy, "-db", "-f", config.toString()));
    ServedReplicas.awaitServing(url);
  }

  @AfterEach
  void allEnd() {
    Stream.of(proxy).filter(one -> one != null).forEach(RegistryProcess::close);
    Stream.of(replicas).filter(one -> one != null).forEach(ServedReplicas::close);
  }

  private static String haproxy() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    Optional<Path> found =
        Stream.of(path.split(File.pathSeparator))
            .map(place -> Path.of(place, "haproxy"))
            .filter(Files::isExecutable)
            .findFirst();
    boolean required = System.getProperty("hawser.lab", "auto").equals("required");
    assertThat(found.isPresent() || !required).as("haproxy is required").isTrue();
    assumeTrue(found.isPresent(), "haproxy is not installed (apt-get install haproxy)");
    return found.orElseThrow().toString();
  }

  private HttpResponse<byte[]> pull() throws IOException, InterruptedException {
    return RegistryProcess.send(
        "GET", url + MANIFEST, Manifest.ACCEPT, Optional.of(ServedReplicas.settings()));
  }

  private void pullsWithin(Duration limit) throws Exception {
    long start = System.nanoTime();
    HttpResponse<byte[]> answer = pull();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(Files.readAllBytes(replicas.manifest()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(limit);
  }

  @Test
  @DisplayName("S16 the checks find what is served: replicas are up after several of them")
  void s16ChecksFindWhatIsServed() throws Exception {
    long start = System.nanoTime();
    while (System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
      pullsWithin(Duration.ofSeconds(2));
    }
  }

  @Test
  @DisplayName(
      "S9 with a refused replica a pull takes two seconds at most, and with none left the pull fails")
  void s9RefusedReplicaIsLeft() throws Exception {
    pullsWithin(Duration.ofSeconds(2));
    replicas.process(0).close();
    pullsWithin(Duration.ofSeconds(2));
    replicas.process(1).close();
    assertThat(pull().statusCode()).isEqualTo(503);
  }

  @Test
  @Tag(TLS)
  @DisplayName("S7 replicas with TLS are asked by TLS, and a refused one is left")
  void s7ReplicasWithTlsAreAskedByTls() throws Exception {
    assertThat(replicas.endpoints()).allMatch(one -> one.url().startsWith("https://"));
    s9RefusedReplicaIsLeft();
  }

  @Test
  @Tag(TLS)
  @DisplayName("S7 a replica whose certificate is of another authority is not used")
  void s7StrangersAreNotUsed() throws Exception {
    pullsWithin(Duration.ofSeconds(2));
    replicas.process(1).close();
    replicas.becomeStranger(0);
    assertThat(pull().statusCode()).isEqualTo(503);
  }

  @Test
  @DisplayName("S11 a hung replica is left within the limit of an answer")
  void s11HungReplicaIsLeft() throws Exception {
    pullsWithin(Duration.ofSeconds(2));
    replicas.process(0).pause();
    pullsWithin(Duration.ofSeconds(8));
    pullsWithin(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("S6 the proxy opens the registry to nobody who has no password")
  void s6ProxyOpensTheRegistryToNobody() throws Exception {
    HttpResponse<byte[]> answer =
        RegistryProcess.send("GET", url + MANIFEST, Manifest.ACCEPT, Optional.empty());
    assertThat(answer.statusCode()).isEqualTo(401);
  }
}

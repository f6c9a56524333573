package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PullClientTest {
  private static final String NAME = "sealos.hub:5000";

  @TempDir Path directory;
  private Path node;
  private Path first;
  private Path second;
  private StorageRegistry one;
  private StorageRegistry two;
  private List<SampleImage> images;

  @BeforeEach
  void twoReplicas() {
    node = directory.resolve("node");
    first = directory.resolve("one");
    second = directory.resolve("two");
    SampleImages samples = SampleImages.of(2).withLayerBytes(2000);
    images = samples.writeStorage(first);
    samples.writeStorage(second);
    one = StorageRegistry.serving(first).start();
    two = StorageRegistry.serving(second).start();
  }

  @AfterEach
  void stop() {
    one.close();
    two.close();
  }

  private void write(String path, String text) throws IOException {
    Path file = node.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void listBoth() throws IOException {
    write(
        "etc/containerd/certs.d/" + NAME + "/hosts.toml",
        """
        server = "http://sealos.hub:5000"

        [host."%s"]
          capabilities = ["pull", "resolve"]
        [host."%s"]
          capabilities = ["pull", "resolve"]
          [host."%s".header]
            authorization = "Basic %s"
        """
            .formatted(one.uri(), two.uri(), two.uri(), token("admin:x")));
  }

  private static String token(String pair) {
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private PulledImage pull(int image) {
    return PullClient.below(node)
        .withTimeout(Duration.ofSeconds(2))
        .pull(images.get(image).in(NAME));
  }

  private static Path blob(Path storage, String digest) {
    String hex = digest.substring(7);
    return storage.resolve(
        "docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
  }

  @Test
  void everyImageComesWholeFromTheFirstEndpoint() throws IOException {
    listBoth();
    for (int i = 0; i < images.size(); i++) {
      PulledImage pulled = pull(i);
      assertThat(pulled.digest()).isEqualTo(images.get(i).digest());
      assertThat(images.get(i).blobs())
          .containsAll(pulled.parts().stream().map(PulledImage.Part::digest).toList());
      assertThat(pulled.endpoints()).containsExactly(one.uri().toString());
      assertThat(pulled.failures()).isEmpty();
    }
    assertThat(pull(2).parts().stream().map(PulledImage.Part::kind))
        .containsExactly("index", "manifest", "config", "layer", "layer", "layer");
  }

  @Test
  void aRefusingEndpointIsPassedOver() throws IOException {
    listBoth();
    one.close();
    PulledImage pulled = pull(0);
    assertThat(pulled.endpoints()).containsExactly(two.uri().toString());
    assertThat(pulled.failures()).isNotEmpty().allMatch(it -> it.startsWith(one.uri().toString()));
  }

  @Test
  void anEndpointThatLacksOneLayerServesTheRest() throws IOException {
    listBoth();
    Files.delete(blob(first, images.get(0).blobs().get(1)));
    PulledImage pulled = pull(0);
    assertThat(pulled.endpoints()).containsExactly(one.uri().toString(), two.uri().toString());
    assertThat(pulled.failures()).singleElement().asString().contains("answered 404");
  }

  @Test
  void wrongBytesEndThePullAndNobodyElseIsAsked() throws IOException {
    listBoth();
    Path layer = blob(first, images.get(0).blobs().get(1));
    byte[] bytes = Files.readAllBytes(layer);
    bytes[bytes.length / 2] ^= 1;
    Files.write(layer, bytes);
    assertThatThrownBy(() -> pull(0))
        .isInstanceOf(PullException.class)
        .hasMessageContaining(one.uri() + " served wrong bytes for the layer");
  }

  @Test
  void credentialsAreSentToTheEndpointThatTheyBelongTo() throws IOException {
    listBoth();
    two.close();
    Path users = Files.writeString(directory.resolve("users"), "admin:" + bcrypt("x") + "\n");
    two = StorageRegistry.serving(second).port(two.port()).htpasswd(users).start();
    one.close();
    one = StorageRegistry.serving(first).port(one.port()).htpasswd(users).start();
    PulledImage pulled = pull(0);
    assertThat(pulled.endpoints()).containsExactly(two.uri().toString());
    assertThat(pulled.failures()).allMatch(failure -> failure.contains("answered 401"));
  }

  private static String bcrypt(String password) {
    return StorageRegistryTest.bcrypt(password);
  }

  @Test
  @DisplayName("S7 S8 an endpoint with TLS is asked when it is of the authority that the node has")
  void s7AnEndpointWithTlsHasToBeOfTheNodesAuthority() throws IOException {
    TestTls tls = TestTls.in(directory.resolve("tls"));
    one.close();
    one = StorageRegistry.serving(first).tls(tls.server(), tls.server()).start();
    write("etc/ca.pem", Files.readString(tls.authority()));
    String list =
        """
        server = "%s"
        ca = "/etc/ca.pem"

        [host."%s"]
          capabilities = ["pull", "resolve"]
          ca = "/etc/ca.pem"
        """
            .formatted(one.uri(), one.uri());
    write("etc/containerd/certs.d/" + NAME + "/hosts.toml", list);
    PulledImage pulled = pull(0);
    assertThat(pulled.endpoints()).containsExactly(one.uri().toString());
    assertThat(one.uri().toString()).startsWith("https://");
    assertThat(pulled.failures()).isEmpty();

    TestTls other = TestTls.in(directory.resolve("other"));
    write("etc/ca.pem", Files.readString(other.authority()));
    assertThatThrownBy(() -> pull(0))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("PKIX");
    write("etc/containerd/certs.d/" + NAME + "/hosts.toml", list.replaceAll("ca = .*", ""));
    assertThatThrownBy(() -> pull(0))
        .isInstanceOf(PullException.class)
        .hasMessageContaining("PKIX");
  }

  @Test
  void severalHostsLinesOfOneNameAreTriedInOrder() throws IOException {
    String name = "sealos.hub:" + one.port();
    two.close();
    two = StorageRegistry.serving(second).address("127.0.0.1").start();
    write("etc/hosts", "127.0.0.250 sealos.hub # off\n127.0.0.1\tother sealos.hub\n");
    write(
        "etc/containerd/certs.d/" + name + "/hosts.toml",
        "[host.\"http://" + name + "\"]\n  capabilities = [\"pull\", \"resolve\"]\n");
    PulledImage pulled = PullClient.below(node).pull(images.get(0).in(name));
    assertThat(pulled.endpoints()).containsExactly(one.uri().toString());
    assertThat(pulled.failures())
        .isNotEmpty()
        .allMatch(failure -> failure.startsWith("http://127.0.0.250:" + one.port()));
  }

  @Test
  void allEndpointsAreNamedWhenNoneServes() throws IOException {
    listBoth();
    one.close();
    two.close();
    assertThatThrownBy(() -> pull(0))
        .isInstanceOf(PullException.class)
        .hasMessageContaining(one.uri().toString())
        .hasMessageContaining(two.uri().toString())
        .hasMessageContaining("no address for sealos.hub in the hosts file");
  }

  @Test
  void aSilentEndpointEndsThePull() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      write(
          "etc/containerd/certs.d/" + NAME + "/hosts.toml",
          "[host.\"http://127.0.0.1:"
              + silent.getLocalPort()
              + "\"]\n"
              + "[host.\""
              + two.uri()
              + "\"]\n");
      assertThatThrownBy(
              () ->
                  PullClient.below(node)
                      .withTimeout(Duration.ofMillis(300))
                      .pull(images.get(0).in(NAME)))
          .isInstanceOf(PullException.class)
          .hasMessageContaining("was reached but did not answer");
    }
  }

  @Test
  void aBrokenOrShadowedFileIsPassedOverInSilence() throws IOException {
    listBoth();
    Path shadow = node.resolve("etc/containerd/certs.d/sealos.hub_5000_");
    Files.createDirectories(shadow);
    assertThatThrownBy(() -> pull(0))
        .hasMessageContaining("https://sealos.hub:5000: no address for sealos.hub");
    Files.delete(shadow);
    assertThat(pull(0).failures()).isEmpty();
    Path file = node.resolve("etc/containerd/certs.d/" + NAME + "/hosts.toml");
    for (String text : List.of("", "server = \"" + one.uri() + "\"\n", "[host.\"http://")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> pull(0)).hasMessageContaining("https://sealos.hub:5000");
    }
  }

  @Test
  void aReferenceWithoutRegistryOrVersionIsRefused() {
    assertThat(Stream.of("app", "app:v1", "sealos.hub:5000/app"))
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> PullClient.below(node).pull(text))
                    .isInstanceOf(IllegalArgumentException.class));
  }
}

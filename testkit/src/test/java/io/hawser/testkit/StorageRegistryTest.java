package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageRegistryTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path storage;

  private static HttpResponse<byte[]> send(String method, URI base, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void everyPartOfEveryImageIsServedWithItsDigest() throws Exception {
    List<SampleImage> images = SampleImages.of(2).withLayerBytes(1000).writeStorage(storage);
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      for (SampleImage image : images) {
        String base = "/v2/" + image.repository() + "/";
        HttpResponse<byte[]> manifest = send("GET", registry.uri(), base + "manifests/v1");
        assertThat(manifest.statusCode()).isEqualTo(200);
        assertThat(manifest.headers().firstValue("Docker-Content-Digest")).hasValue(image.digest());
        for (String digest : image.blobs()) {
          HttpResponse<byte[]> blob = send("GET", registry.uri(), base + "blobs/" + digest);
          if (blob.statusCode() == 404) { // a manifest is no layer
            blob = send("GET", registry.uri(), base + "manifests/" + digest);
          }
          assertThat(blob.statusCode()).isEqualTo(200);
          assertThat("sha256:" + Hashing.sha256().hashBytes(blob.body())).isEqualTo(digest);
        }
      }
    }
  }

  @Test
  void theContentTypeIsTheMediaTypeOfTheManifest() throws Exception {
    SampleImages.of(2).withLayerBytes(10).writeStorage(storage);
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      assertThat(contentType(registry, "app-0"))
          .isEqualTo("application/vnd.oci.image.manifest.v1+json");
      assertThat(contentType(registry, "app-1"))
          .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
      assertThat(contentType(registry, "multi"))
          .isEqualTo("application/vnd.oci.image.index.v1+json");
    }
  }

  private static String contentType(StorageRegistry registry, String name) throws Exception {
    return send("HEAD", registry.uri(), "/v2/sample/" + name + "/manifests/v1")
        .headers()
        .firstValue("Content-Type")
        .orElse("");
  }

  @Test
  void headSaysTheLengthAndSendsNoBody() throws Exception {
    SampleImage image = SampleImages.of(1).withLayerBytes(10).writeStorage(storage).get(0);
    String path = "/v2/" + image.repository() + "/blobs/" + image.blobs().get(0);
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      HttpResponse<byte[]> got = send("GET", registry.uri(), path);
      HttpResponse<byte[]> head = send("HEAD", registry.uri(), path);
      assertThat(head.body()).isEmpty();
      assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(got.body().length);
    }
  }

  @Test
  void repositoriesAndTagsAreListedPageByPage() throws Exception {
    SampleImages.of(2).withLayerBytes(10).writeStorage(storage);
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      HttpResponse<byte[]> page = send("GET", registry.uri(), "/v2/_catalog?n=2");
      assertThat(text(page)).isEqualTo("{\"repositories\":[\"sample/app-0\",\"sample/app-1\"]}");
      assertThat(page.headers().firstValue("Link"))
          .hasValue("</v2/_catalog?last=sample/app-1&n=2>; rel=\"next\"");
      HttpResponse<byte[]> last = send("GET", registry.uri(), "/v2/_catalog?last=sample/app-1&n=2");
      assertThat(text(last)).isEqualTo("{\"repositories\":[\"sample/multi\"]}");
      assertThat(last.headers().firstValue("Link")).isEmpty();
      assertThat(text(send("GET", registry.uri(), "/v2/sample/app-0/tags/list")))
          .isEqualTo("{\"name\":\"sample/app-0\",\"tags\":[\"v1\"]}");
    }
  }

  @Test
  void whatIsNotThereIsAnOciErrorAndWritesAreRefused() throws Exception {
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      HttpResponse<byte[]> missing = send("GET", registry.uri(), "/v2/none/manifests/v1");
      assertThat(missing.statusCode()).isEqualTo(404);
      assertThat(text(missing)).contains("\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\"");
      assertThat(send("GET", registry.uri(), "/v2/a/../../x/tags/list").statusCode())
          .isEqualTo(404);
      assertThat(send("POST", registry.uri(), "/v2/none/blobs/uploads/").statusCode())
          .isEqualTo(405);
      assertThat(text(send("GET", registry.uri(), "/v2/_catalog")))
          .isEqualTo("{\"repositories\":[]}");
    }
  }

  @Test
  void filesThatComeLaterAreServedAtOnceAndBrokenOnesAsDistributionDoes() throws Exception {
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      String path = "/v2/sample/app-0/manifests/v1";
      assertThat(send("GET", registry.uri(), path).statusCode()).isEqualTo(404);
      SampleImages.of(1).withLayerBytes(10).writeStorage(storage);
      assertThat(send("GET", registry.uri(), path).statusCode()).isEqualTo(200);
      Path tags = storage.resolve("docker/registry/v2/repositories/sample/app-0/_manifests/tags");
      Files.writeString(tags.resolve("v1/current/link"), "");
      assertThat(send("GET", registry.uri(), path).statusCode()).isEqualTo(500);
    }
  }

  @Test
  void aFileOfUsersLetsOnlyThemIn() throws Exception {
    SampleImages.of(1).withLayerBytes(10).writeStorage(storage);
    Path users = storage.resolve("htpasswd");
    try (StorageRegistry registry = StorageRegistry.serving(storage).htpasswd(users).start()) {
      assertThat(send("GET", registry.uri(), "/").statusCode()).isEqualTo(200);
      assertThat(status(registry, "admin:geheim")).isEqualTo(401);
      Files.writeString(users, "admin:" + bcrypt("geheim") + "\n");
      assertThat(status(registry, "admin:geheim")).isEqualTo(200);
      assertThat(status(registry, "admin:geheim")).isEqualTo(200);
      assertThat(status(registry, "admin:falsch")).isEqualTo(401);
      assertThat(status(registry, "nobody:geheim")).isEqualTo(401);
      Files.writeString(users, "admin:" + bcrypt("neu") + "\n");
      assertThat(status(registry, "admin:geheim")).isEqualTo(401);
      HttpResponse<byte[]> refused = send("GET", registry.uri(), "/v2/");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate"))
          .hasValue("Basic realm=\"basic-realm\"");
    }
  }

  private static int status(StorageRegistry registry, String userAndPassword) throws Exception {
    String token =
        Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    return send("GET", registry.uri(), "/v2/", "Authorization", "Basic " + token).statusCode();
  }

  static String bcrypt(String password) {
    return OpenBSDBCrypt.generate("2y", password.toCharArray(), new byte[16], 4);
  }

  @Test
  void aConfigurationIsReadAndItsPathsAreTakenBelowTheRoot() throws Exception {
    Path root = storage.resolve("root");
    SampleImages.of(1).withLayerBytes(10).writeStorage(root.resolve("srv/images"));
    Files.createDirectories(root.resolve("etc"));
    Files.createDirectories(root.resolve("var"));
    Files.createSymbolicLink(root.resolve("var/registry"), Path.of("/srv/images"));
    Files.writeString(
        root.resolve("etc/config.yml"),
        """
        version: 0.1
        # comment: no
        storage:
            filesystem:
                rootdirectory: "/var/registry"   # a link
            delete: {enabled: true}
        http:
          addr: :0
          headers:
            X-Content-Type-Options: [nosniff]
        auth:
          htpasswd:
            realm: basic-realm
            path: /etc/users
        """);
    Files.writeString(root.resolve("etc/users"), "admin:" + bcrypt("x"));
    try (StorageRegistry registry = StorageRegistry.configured(root, "/etc/config.yml").start()) {
      assertThat(status(registry, "admin:y")).isEqualTo(401);
      assertThat(status(registry, "admin:x")).isEqualTo(200);
    }
    Files.writeString(root.resolve("etc/config.yml"), "storage:\n  s3:\n    bucket: x\n");
    assertThatThrownBy(() -> StorageRegistry.configured(root, "/etc/config.yml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rootdirectory is missing");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      assertThatThrownBy(() -> StorageRegistry.serving(storage).port(registry.port()).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("cannot listen on 127.0.0.1:" + registry.port());
    }
  }

  @Test
  void noThreadIsLeftAfterClose() throws Exception {
    StorageRegistry registry = StorageRegistry.serving(storage).address("127.0.0.1").start();
    send("GET", registry.uri(), "/v2/");
    registry.close();
    registry.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("storage-registry-")
          || thread.getName().equals("HTTP-Dispatcher")) {
        thread.join(5000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void skopeoCopiesEveryImage(@TempDir Path target) throws Exception {
    assumeTrue(Tools.has("skopeo"), "skopeo is not installed");
    List<SampleImage> images = SampleImages.of(2).withLayerBytes(5000).writeStorage(storage);
    Path users = storage.resolve("htpasswd");
    Files.writeString(users, "admin:" + bcrypt("geheim") + "\n");
    try (StorageRegistry registry = StorageRegistry.serving(storage).htpasswd(users).start()) {
      // At once: skopeo tries TLS first and waits long for an answer.
      Map<String, Process> copies = new LinkedHashMap<>();
      for (SampleImage image : images) {
        copies.put(
            image.repository(),
            new ProcessBuilder(
                    "skopeo",
                    "copy",
                    "--all",
                    "--src-tls-verify=false",
                    "--src-creds=admin:geheim",
                    "docker://" + image.in("127.0.0.1:" + registry.port()),
                    "dir:" + target.resolve(image.repository().replace('/', '-')))
                .redirectErrorStream(true)
                .start());
      }
      for (Map.Entry<String, Process> copy : copies.entrySet()) {
        byte[] said = copy.getValue().getInputStream().readAllBytes();
        assertThat(copy.getValue().waitFor())
            .as(copy.getKey() + ": " + new String(said, StandardCharsets.UTF_8))
            .isZero();
      }
    }
  }

  @Test
  void curlSeesTheHeadersOfAHeadRequest() throws IOException, InterruptedException {
    assumeTrue(Tools.has("curl"), "curl is not installed");
    SampleImages.of(1).withLayerBytes(10).writeStorage(storage);
    try (StorageRegistry registry = StorageRegistry.serving(storage).start()) {
      Tools.Answer answer =
          Tools.run(
              "curl", "-sSI", "--noproxy", "*", registry.uri() + "/v2/sample/app-0/manifests/v1");
      assertThat(answer.output())
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("Docker-Content-Digest: sha256:")
          .containsIgnoringCase("Content-Length: ");
    }
  }
}

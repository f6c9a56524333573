package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.hawser.lab.hosts.Lab;
import io.hawser.lab.hosts.LabRootfs;
import io.hawser.lab.hosts.RealHosts;
import io.hawser.lab.hosts.RegistryClient;
import io.hawser.lab.hosts.ServedReplicas;
import io.hawser.lab.hosts.SourceImage;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three replicas that a relay has filled, each asked for everything: by skopeo, and by the requests
 * of the category "pull" of the OCI distribution specification 1.1, as far as it demands something
 * or the registry of the hosts (docker-registry 2.8) offers it. Tags are listed, too, but neither
 * in order nor in pages, which this registry does not know.
 *
 * <p>A registry takes a tenth of a second to check a password, so what is the same for every image
 * is asked about two of them.
 */
@RealHosts(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class PullsFromReplicasIT {
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String TYPES = INDEX + ", " + MANIFEST;
  private static final String UNKNOWN = "sha256:" + "0123456789abcdef".repeat(4);
  private static final String DIGEST = "Docker-Content-Digest";

  private final List<SourceImage> images = new ArrayList<>();
  private ServedReplicas replicas;

  /** A test that is run for each replica, counted from 1. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "replica {0}")
  @ValueSource(ints = {1, 2, 3})
  @interface OfEachReplica {}

  @BeforeAll
  void fillAndServe(Lab lab, @TempDir Path temp) throws IOException {
    images.addAll(LabRootfs.images(temp));
    SourceImage app = images.get(0);
    images.add(app.as(app.repository() + ":stable"));
    images.add(
        SourceImage.write(
            temp.resolve("v2"), app.repository() + ":v2", 90, List.of(700_000, 5_000)));
    images.add(
        SourceImage.writeIndex(
            temp.resolve("index"), "lab/many:v1", 91, List.of("amd64", "arm64", "riscv64")));
    replicas = ServedReplicas.up(lab, LabRootfs.make(lab, temp, images));
  }

  @AfterAll
  void close() throws IOException {
    if (replicas != null) {
      replicas.close();
    }
  }

  @OfEachReplica
  @DisplayName("skopeo copies every image, of all platforms, with the digests of the source")
  void skopeoCopiesEveryImage(int replica, @TempDir Path temp) {
    for (SourceImage image : images) {
      Path layout = temp.resolve(image.name().replaceAll("[/:]", "-"));
      SourceImage copied = replicas.copy(replica, image.name(), layout);
      assertThat(copied.digest()).as(image.name()).isEqualTo(image.digest());
      assertThat(copied.content())
          .as(image.name())
          .containsExactlyInAnyOrderEntriesOf(image.content());
    }
  }

  @OfEachReplica
  @DisplayName("the base answers 200 to the user, and challenges everybody else")
  void theBaseTellsWhoMayAsk(int replica) {
    assertThat(replicas.client(replica).get("").statusCode()).isEqualTo(200);
    SourceImage image = images.get(0);
    List<String> paths =
        List.of(
            "",
            manifest(image, image.tag()),
            blob(image, image.blobs().get(0)),
            image.repository() + "/tags/list");
    for (String path : paths) {
      HttpResponse<byte[]> answer = replicas.stranger(replica).get(path);
      assertError(answer, 401, "UNAUTHORIZED");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic ");
    }
  }

  @OfEachReplica
  @DisplayName("GET of a manifest, by tag and by digest, gives its bytes, type and digest")
  void manifestsAreServed(int replica) {
    RegistryClient client = replicas.client(replica);
    for (SourceImage image : two()) {
      HttpResponse<byte[]> byTag = client.get(manifest(image, image.tag()), "Accept", TYPES);
      assertServed(byTag, image, image.digest());
      assertThat(type(byTag)).isEqualTo(image.mediaType());
      for (String digest : image.manifests()) {
        HttpResponse<byte[]> answer = client.get(manifest(image, digest), "Accept", TYPES);
        assertServed(answer, image, digest);
        assertThat(type(answer)).isEqualTo(image.document(digest).get("mediaType"));
      }
    }
  }

  @OfEachReplica
  @DisplayName("HEAD of a manifest, by tag and by digest, tells that it is there, and its length")
  void manifestsAreTold(int replica) {
    RegistryClient client = replicas.client(replica);
    for (SourceImage image : two()) {
      List<String> references = new ArrayList<>(image.manifests());
      references.add(image.tag());
      for (String reference : references) {
        String digest = reference.equals(image.tag()) ? image.digest() : reference;
        assertTold(client.head(manifest(image, reference), "Accept", TYPES), image, digest);
      }
    }
  }

  @OfEachReplica
  @DisplayName("a manifest comes in its own type, in whatever order and form a client accepts it")
  void theAcceptHeaderIsUnderstood(int replica) {
    RegistryClient client = replicas.client(replica);
    for (SourceImage image : two()) {
      List<String[]> accepts =
          List.of(
              new String[] {"Accept", DOCKER + "," + MANIFEST + "," + INDEX},
              new String[] {"Accept", INDEX + ";q=0.9, " + MANIFEST + ";q=0.1"},
              new String[] {"Accept", MANIFEST, "Accept", DOCKER, "Accept", INDEX});
      for (String[] accept : accepts) {
        HttpResponse<byte[]> answer = client.get(manifest(image, image.tag()), accept);
        assertServed(answer, image, image.digest());
        assertThat(type(answer)).as(Arrays.toString(accept)).isEqualTo(image.mediaType());
      }
    }
    // Who takes no index is told so, and not given something else in its place.
    SourceImage index = two().get(1);
    assertError(
        client.get(manifest(index, index.tag()), "Accept", DOCKER), 404, "MANIFEST_UNKNOWN");
  }

  @OfEachReplica
  @DisplayName("GET and HEAD of a blob give its bytes, and their length and digest")
  void blobsAreServed(int replica) {
    RegistryClient client = replicas.client(replica);
    for (SourceImage image : two()) {
      for (String digest : image.blobs()) {
        assertServed(client.get(blob(image, digest)), image, digest);
        assertTold(client.head(blob(image, digest)), image, digest);
      }
    }
  }

  @OfEachReplica
  @DisplayName("a range of a blob is served with 206 and exactly its bytes")
  void rangesOfBlobsAreServed(int replica) {
    RegistryClient client = replicas.client(replica);
    SourceImage image = images.get(0);
    for (String digest : image.blobs().subList(0, 2)) {
      byte[] all = image.content().get(digest);
      int last = all.length - 1;
      Map<String, int[]> ranges =
          Map.of(
              "bytes=0-0", new int[] {0, 0},
              "bytes=17-116", new int[] {17, 116},
              "bytes=100-", new int[] {100, last},
              "bytes=-50", new int[] {last - 49, last},
              "bytes=10-999999999", new int[] {10, last});
      ranges.forEach(
          (range, part) -> {
            HttpResponse<byte[]> answer = client.get(blob(image, digest), "Range", range);
            assertThat(answer.statusCode()).as(range).isEqualTo(206);
            assertThat(answer.headers().firstValue("Content-Range"))
                .hasValue("bytes " + part[0] + "-" + part[1] + "/" + all.length);
            assertThat(answer.body())
                .as(range)
                .isEqualTo(Arrays.copyOfRange(all, part[0], part[1] + 1));
          });
    }
  }

  @OfEachReplica
  @DisplayName("what is not there is 404 for GET and HEAD, with a code in the body")
  void whatIsNotThereIsUnknown(int replica) {
    RegistryClient client = replicas.client(replica);
    SourceImage image = images.get(0);
    String foreign =
        images.get(1).blobs().stream()
            .filter(digest -> !image.content().containsKey(digest))
            .findFirst()
            .orElseThrow();
    Map<String, String> codes =
        Map.of(
            manifest(image, "nowhere"),
            "MANIFEST_UNKNOWN",
            manifest(image, UNKNOWN),
            "MANIFEST_UNKNOWN",
            manifest(image, images.get(1).digest()),
            "MANIFEST_UNKNOWN",
            blob(image, UNKNOWN),
            "BLOB_UNKNOWN",
            blob(image, foreign),
            "BLOB_UNKNOWN",
            "lab/none/manifests/v1",
            "MANIFEST_UNKNOWN",
            "lab/none/blobs/" + image.blobs().get(0),
            "BLOB_UNKNOWN");
    codes.forEach(
        (path, code) -> {
          assertError(client.get(path, "Accept", TYPES), 404, code);
          assertThat(client.head(path, "Accept", TYPES).statusCode()).as(path).isEqualTo(404);
        });
    assertError(client.get("lab/none/tags/list"), 404, "NAME_UNKNOWN");
  }

  @OfEachReplica
  @DisplayName("all tags of a repository are listed")
  void tagsAreListed(int replica) {
    RegistryClient client = replicas.client(replica);
    for (SourceImage image : two()) {
      String repository = image.repository();
      HttpResponse<byte[]> answer = client.get(repository + "/tags/list");
      assertThat(answer.statusCode()).isEqualTo(200);
      List<String> tags =
          images.stream()
              .filter(it -> it.repository().equals(repository))
              .map(SourceImage::tag)
              .toList();
      assertThat(SourceImage.json(answer.body()).get("name")).isEqualTo(repository);
      assertThat(Set.copyOf((List<?>) SourceImage.json(answer.body()).get("tags")))
          .isEqualTo(Set.copyOf(tags));
    }
  }

  /** One image, and one index. */
  private List<SourceImage> two() {
    return List.of(images.get(0), images.get(images.size() - 1));
  }

  private static String manifest(SourceImage image, String reference) {
    return image.repository() + "/manifests/" + reference;
  }

  private static String blob(SourceImage image, String digest) {
    return image.repository() + "/blobs/" + digest;
  }

  private static String type(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  private static void assertServed(HttpResponse<byte[]> answer, SourceImage image, String digest) {
    assertThat(answer.statusCode()).as("%s", answer).isEqualTo(200);
    assertThat(answer.headers().firstValue(DIGEST)).hasValue(digest);
    assertThat("sha256:" + Hashing.sha256().hashBytes(answer.body())).isEqualTo(digest);
    assertThat(answer.body()).isEqualTo(image.content().get(digest));
  }

  private static void assertTold(HttpResponse<byte[]> answer, SourceImage image, String digest) {
    assertThat(answer.statusCode()).as("%s", answer).isEqualTo(200);
    assertThat(answer.headers().firstValue(DIGEST)).hasValue(digest);
    assertThat(answer.headers().firstValueAsLong("Content-Length"))
        .hasValue(image.content().get(digest).length);
    assertThat(answer.body()).isEmpty();
  }

  /** The form of errors that the specification gives, with this code first. */
  private static void assertError(HttpResponse<byte[]> answer, int status, String code) {
    assertThat(answer.statusCode()).as("%s", answer).isEqualTo(status);
    assertThat(type(answer)).startsWith("application/json");
    List<?> errors = (List<?>) SourceImage.json(answer.body()).get("errors");
    assertThat(((Map<?, ?>) errors.get(0)).get("code")).as("%s", answer).isEqualTo(code);
  }
}

package io.hawser.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageType;
import io.hawser.cluster.Role;
import io.hawser.host.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part of what images hold: whole for those who pull it, and nothing else. */
class ContentSelectionTest {
  private static final String ABSENT = "a".repeat(64);

  @TempDir Path directory;
  private TestImage image;
  private String first;
  private String second;
  private String pause;

  @BeforeEach
  void twoRepositoriesAndTwoTags() {
    image = new TestImage(directory);
    first = image.push("shop/web", "1.0", "base", "one");
    second = image.push("shop/web", "2.0", "base", "two");
    pause = image.push("pause", "3.9", "base", "pause");
  }

  private RegistryContent only(String... images) {
    return image.content().only(List.of(images));
  }

  private static List<String> files(RegistryContent content) {
    return content.tree().files().stream()
        .filter(file -> file.type() == TreeFile.Type.FILE)
        .map(TreeFile::path)
        .toList();
  }

  private static String config(String image) {
    return "{\"config of\":\"" + image + "\"}";
  }

  /** The files of one tag of an image for one platform. */
  private List<String> filesOf(String repository, String tag, String manifest, String... blobs) {
    List<String> paths = new ArrayList<>();
    paths.add(StorageEntry.tagPath(repository, tag));
    paths.add(StorageEntry.tagIndexPath(repository, tag, manifest));
    paths.add(StorageEntry.revisionPath(repository, manifest));
    paths.add(StorageEntry.blobPath(manifest));
    Stream.of(blobs)
        .map(image::blob)
        .forEach(
            digest -> {
              paths.add(StorageEntry.layerPath(repository, digest));
              paths.add(StorageEntry.blobPath(digest));
            });
    return paths;
  }

  @Test
  void aTagIsItsFilesItsManifestAndWhatThatNeeds() {
    RegistryContent content = only("shop/web:2.0");
    assertThat(content.verify()).isEmpty();
    assertThat(content.repositories()).containsExactly("shop/web");
    assertThat(content.tags("shop/web")).containsExactly("2.0");
    assertThat(files(content))
        .containsExactlyInAnyOrderElementsOf(
            filesOf("shop/web", "2.0", second, "base", "two", config("shop/web:2.0")));
    assertThat(content.known()).map(KnownArtifact::manifest).contains(second);
  }

  @Test
  void ofATagThatWasMovedOnlyWhatItPointsAtNowIsTaken() {
    String moved = image.push("shop/web", "1.0", "base", "moved");
    List<String> files = files(only("shop/web:1.0"));
    assertThat(files)
        .contains(StorageEntry.blobPath(moved))
        .noneMatch(path -> path.contains(first))
        .doesNotContain(StorageEntry.blobPath(image.blob("one")));
  }

  @Test
  void aRepositoryIsAllItsTagsAndWhatIsPulledByDigestOnly() {
    String untagged = image.push("shop/web", "2.0", "base", "three");
    RegistryContent content = only("shop/web");
    assertThat(content.tags("shop/web")).containsExactly("1.0", "2.0");
    assertThat(files(content))
        .contains(StorageEntry.revisionPath("shop/web", second), StorageEntry.blobPath(second))
        .contains(StorageEntry.blobPath(untagged))
        .noneMatch(path -> path.contains("/pause/"));
    assertThat(content.verify()).isEmpty();
    List<String> expected = new ArrayList<>(files(image.content()));
    expected.removeIf(path -> path.contains("/pause/"));
    for (String blob : List.of(pause, image.blob("pause"), image.blob(config("pause:3.9")))) {
      expected.remove(StorageEntry.blobPath(blob));
    }
    assertThat(files(content)).hasSameElementsAs(expected);
  }

  @Test
  void severalImagesShareWhatTheyShare() {
    RegistryContent content = only("pause", "shop/web:1.0");
    assertThat(content.repositories()).containsExactly("pause", "shop/web");
    assertThat(content.tags("shop/web")).containsExactly("1.0");
    assertThat(content.verify()).isEmpty();
    assertThat(only().isEmpty()).isTrue();
    assertThat(files(only("pause", "shop/web"))).hasSameElementsAs(files(image.content()));
  }

  private String manifest(String layer) {
    String digest = image.blob(layer);
    image.link(StorageEntry.layerPath("multi", digest), digest);
    String text = "{\"layers\":[{\"digest\":\"sha256:" + digest + "\"}]}";
    String manifest = image.blob(text);
    image.link(StorageEntry.revisionPath("multi", manifest), manifest);
    return manifest;
  }

  private static String index(String... manifests) {
    return Stream.of(manifests)
        .map(digest -> "{\"digest\":\"sha256:" + digest + "\"}")
        .toList()
        .toString()
        .transform(list -> "{\"manifests\":" + list + "}");
  }

  @Test
  void anIndexIsFollowedToThosePlatformsThatAreThere() {
    String amd = manifest("amd64");
    String arm = manifest("arm64");
    String nested = image.manifest("multi", "arm", index(arm));
    String all = image.manifest("multi", "all", index(amd, nested, ABSENT));
    manifest("of no index");
    RegistryContent content = only("multi:all");
    assertThat(content.verify()).isEmpty();
    List<String> expected = filesOf("multi", "all", all, "amd64", "arm64");
    for (String digest : List.of(amd, arm, nested)) {
      expected.add(StorageEntry.revisionPath("multi", digest));
      expected.add(StorageEntry.blobPath(digest));
    }
    assertThat(files(content)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void namesThatAreNotThereAreRefusedWithTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> only("shop/wbe:1.0", "pause", "mysql"))
        .withMessage(
            "the artifacts hold no shop/wbe:1.0 (did you mean \"shop/web:1.0\"?), no mysql (known:"
                + " pause, pause:3.9, shop/web, shop/web:1.0, shop/web:2.0)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> only("shop/web:3.0"))
        .withMessageContaining("did you mean \"shop/web:1.0\"?");
  }

  @Test
  @DisplayName("D6 a tag whose link is empty is refused with that, when it is selected")
  void aTagThatIsBrokenIsRefusedWithWhatIsWrong() {
    String path = StorageEntry.tagPath("shop/web", "1.0");
    image.write(path, "");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> only("shop/web:1.0"))
        .withMessageContaining("no shop/web:1.0 (" + image.file(path) + " is empty");
  }

  @Test
  @DisplayName("D8 damage is found in what is selected, and does not matter elsewhere")
  void damageCountsOnlyWhereItIsSelected() throws IOException {
    image.write(StorageEntry.blobPath(image.blob("one")), "One");
    image.link(StorageEntry.layerPath("pause", image.blob("pause")), ABSENT);
    Files.delete(image.file(StorageEntry.revisionPath("pause", pause)));
    assertThat(only("shop/web:2.0").verify()).isEmpty();
    assertThat(only("shop/web").verify()).singleElement().asString().contains("is damaged");
    assertThat(only("pause").verify())
        .anyMatch(problem -> problem.contains("names sha256:" + ABSENT))
        .anyMatch(problem -> problem.startsWith("tag pause:3.9 points at"));
  }

  @Test
  void registriesHoldOnlyWhatWasChosen() {
    Cluster cluster =
        Cluster.named("c")
            .hosts(Host.at("10.0.0.1").roles(Role.MASTER).build())
            .mount(image.mount("rootfs", ImageType.ROOTFS))
            .build();
    Registries registries = Registries.builder(cluster).only(List.of("pause")).build();
    assertThat(registries.content().repositories()).containsExactly("pause");
    assertThat(Registries.builder(cluster).build().content().repositories()).hasSize(2);
  }
}
